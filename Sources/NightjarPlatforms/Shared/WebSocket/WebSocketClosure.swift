/// How the server ended a connection in good order.
struct WebSocketClosure: Sendable, Equatable {
    /// RFC 6455, section 7.4; ``noStatus`` when the server gave none.
    var code: UInt16
    /// For people; mostly empty.
    var reason: String

    static let normal: UInt16 = 1000
    static let goingAway: UInt16 = 1001
    static let protocolError: UInt16 = 1002
    static let unsupportedData: UInt16 = 1003
    /// Never sent: stands for a closing without a code.
    static let noStatus: UInt16 = 1005
    static let invalidText: UInt16 = 1007
    static let tooLarge: UInt16 = 1009

    /// Whether a frame may carry it (RFC 6455, section 7.4; 1012 to 1014 were registered later).
    static func isAllowed(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
