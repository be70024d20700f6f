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
    /// As its message's.
    public var replyRoute: String?
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
    /// How many of the messages it is sent as have been sent.
    public var partsSent: Int
    public var attempts: Int
    public var nextAttemptAt: Timestamp
    public var createdAt: Timestamp
    /// Why the last attempt failed.
    public var lastError: String?

    public init(
        address: Address, replyRoute: String? = nil, content: ReplyContent, messageID: MessageID? = nil,
        taskID: TaskID? = nil, origin: String? = nil, createdAt: Timestamp
    ) {
        self.id = OrderedIdentifier.make()
        self.address = address
        self.replyRoute = replyRoute
        self.content = content
        self.messageID = messageID
        self.taskID = taskID
        self.origin = origin
        self.state = .pending
        self.partsSent = 0
        self.attempts = 0
        self.nextAttemptAt = createdAt
        self.createdAt = createdAt
    }

    /// Whether it tells how its task ended.
    var isEndOfTask: Bool { taskID.map { origin == Self.origin(ofEndOf: $0) } ?? false }

    static func origin(ofEndOf task: TaskID) -> String { "\(task)#end" }
}
