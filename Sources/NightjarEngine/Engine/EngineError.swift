/// Why the engine does not take a message now.
public struct EngineError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Code: String, Sendable {
        /// It is starting or shutting down.
        case unavailable
        /// Too many messages are being handled.
        case overloaded
        /// What was asked for does not exist, or is not allowed.
        case refused
        case notFound = "not_found"
    }

    public var code: Code
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    public var description: String { message }
}
