/// A handler's deliberate refusal, raised by `ctx:fail(reason)`: its message is meant for the person who asked.
public struct HandlerFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public var message: String

    public init(_ message: String) {
        self.message = message
    }

    public init(_ error: ReplyError) {
        self.message = error.text
    }

    public var description: String { message }
}
