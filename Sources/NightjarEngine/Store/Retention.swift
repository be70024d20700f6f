/// How long finished things are kept.
public struct Retention: Sendable, Equatable {
    /// Completed and cancelled tasks.
    public var completed: Duration
    public var failed: Duration
    /// Handled messages with their replies; at least as long as the de-duplication window.
    public var messages: Duration

    public init(
        completed: Duration = .seconds(24 * 3600), failed: Duration = .seconds(7 * 24 * 3600),
        messages: Duration = .seconds(24 * 3600)
    ) {
        self.completed = completed
        self.failed = failed
        self.messages = messages
    }
}
