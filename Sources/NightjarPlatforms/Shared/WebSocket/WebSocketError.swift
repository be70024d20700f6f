/// Why there is no WebSocket connection, or none any more. It names the host at most, since the rest of an address may hold a ticket.
struct WebSocketError: Error, Sendable, Equatable, CustomStringConvertible {
    enum Code: Sendable, Equatable {
        case invalidAddress
        case unreachable
        /// - Parameter status: of HTTP; nil when the answer was no HTTP, or agreed to something else.
        case refused(status: Int?)
        case timedOut
        /// The connection broke without a word.
        case lost
        /// The server broke the rules; it was told so, with the code of a ``WebSocketClosure``.
        case violation(UInt16)
    }

    var code: Code
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    var description: String { message }

    static func violation(_ code: UInt16, _ what: String) -> WebSocketError {
        WebSocketError(.violation(code), "the server broke the rules of WebSocket: \(what)")
    }
}
