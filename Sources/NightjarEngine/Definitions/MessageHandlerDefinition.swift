/// An `on_message` handler: the first that returns a value answers, `none` passes the message on.
public struct MessageHandlerDefinition: Sendable {
    /// The Lua pattern that the text must match, as written.
    public var pattern: String
    public var run: @Sendable (HandlerContext) async throws -> HandlerResult

    /// - Parameter run: tests the pattern and runs the handler; `none` when either does not want the message.
    public init(pattern: String, run: @escaping @Sendable (HandlerContext) async throws -> HandlerResult) {
        self.pattern = pattern
        self.run = run
    }
}
