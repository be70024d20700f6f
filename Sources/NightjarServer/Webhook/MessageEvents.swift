import NightjarEngine

/// What a taken message has come to so far, and what it comes to from now on. For a message that came before it is the first one's.
struct MessageEvents {
    var id: MessageID
    var earlier: [OutboxEntry]
    /// nil when it has ended.
    var watch: Watch<MessageEvent>?

    /// - Parameter conflict: makes the error for an id that came with another text.
    init(
        taking message: InboundMessage, by engine: Engine, conflict: (MessageRecord) -> Problem
    ) async throws {
        let (outcome, watch) = try await engine.acceptAndWatch(message)
        switch outcome {
        case .accepted, .slotTaken:
            id = message.id
            earlier = []
            self.watch = watch
        case .duplicate(let first):
            id = first.message.id
            // In this order no reply is missed; one that comes in between is in both.
            self.watch = engine.watch(first.message.id)
            earlier = try await engine.replies(to: first.message.id)
        case .conflict(let first):
            throw conflict(first)
        }
    }
}
