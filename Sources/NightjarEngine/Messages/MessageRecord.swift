/// An accepted message as the store keeps it.
public struct MessageRecord: Codable, Sendable, Equatable {
    public enum State: String, Codable, Sendable {
        /// Persisted and acknowledged; its handler has not ended yet. After a crash it is handled again.
        case accepted
        /// Handled: its replies are in the outbox, and the tasks it started are in the store.
        case handled
    }

    public var message: InboundMessage
    public var state: State

    public init(message: InboundMessage, state: State) {
        self.message = message
        self.state = state
    }
}
