/// One message promised to a person: stored in the transaction that made the promise, delivered afterwards.
public struct OutboxEntry: Codable, Sendable, Equatable, Identifiable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case pending
        case delivered
        /// Given up after the last retry; it is kept, counted and logged.
        case dead
    }

    public var id: String
    public var address: Address
    public var callbackURL: String?
    public var content: ReplyContent
    /// The message it answers, if any.
    public var messageID: MessageID?
    /// The task it tells of, if any.
    public var taskID: TaskID?
    /// An idempotency key: a second entry with the same origin is the first one.
    public var origin: String?
    public var state: State
    /// The text as it was first formatted; frozen, so that every retry sends the same.
    public var rendered: RenderedMessage?
    public var attempts: Int
    public var nextAttemptAt: Timestamp
    public var createdAt: Timestamp
    /// Why the last attempt failed.
    public var lastError: String?

    public init(
        address: Address, callbackURL: String? = nil, content: ReplyContent, messageID: MessageID? = nil,
        taskID: TaskID? = nil, origin: String? = nil, createdAt: Timestamp
    ) {
        self.id = RandomIdentifier.make(length: 12)
        self.address = address
        self.callbackURL = callbackURL
        self.content = content
        self.messageID = messageID
        self.taskID = taskID
        self.origin = origin
        self.state = .pending
        self.attempts = 0
        self.nextAttemptAt = createdAt
        self.createdAt = createdAt
    }
}
