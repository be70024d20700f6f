/// A message on its way to a person, in the platform's dialect.
public struct OutboundMessage: Sendable, Equatable {
    /// The outbox entry: an idempotency key for platforms that take one.
    public var id: String
    public var address: Address
    public var callbackURL: String?
    public var messageID: MessageID?
    public var taskID: TaskID?
    public var kind: String
    public var rendered: RenderedMessage

    public init(_ entry: OutboxEntry, rendered: RenderedMessage) {
        id = entry.id
        address = entry.address
        callbackURL = entry.callbackURL
        messageID = entry.messageID
        taskID = entry.taskID
        kind = entry.content.kind
        self.rendered = rendered
    }
}
