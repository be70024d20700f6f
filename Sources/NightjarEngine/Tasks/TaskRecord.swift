/// One unit of agent work, as the store keeps it.
public struct TaskRecord: Codable, Sendable, Equatable, Identifiable {
    public var id: TaskID
    public var agent: String
    public var input: String
    public var address: Address
    public var priority: TaskPriority
    public var metadata: [String: String]

    /// A turn of the agent's session (it sees the session's earlier turns), or an independent task.
    public var isSessionTurn: Bool
    /// The message that asked for it; its notices are answers to that message.
    public var messageID: MessageID?
    /// (message, call number) as text: the same origin is enqueued once, however often its handler is run again.
    public var origin: String?
    /// The task whose permit and quota this one shares, and how deep it is nested; 0 is not nested.
    public var parent: TaskID?
    public var depth: Int
    /// The finished task that `/retry` repeats.
    public var retryOf: TaskID?
    /// What its address is told when it ends.
    public var reporting: TaskReporting
    /// As its message's.
    public var replyRoute: String?

    public var state: TaskState
    /// How many times it has been started; attempts given back by a clean shutdown or an open breaker do not count.
    public var attempt: Int
    /// How often a process died while running it.
    public var lostLeases: Int
    /// The fence: only who holds the current token may finish the running attempt.
    public var leaseToken: String?
    /// While set, the task is pending but not due: a retry backs off, or a breaker is open.
    public var delayedUntil: Timestamp?

    public var createdAt: Timestamp
    /// When the first attempt started; the timeout counts from here.
    public var startedAt: Timestamp?
    public var finishedAt: Timestamp?
    public var output: String?
    public var failure: TaskFailure?
    public var usage: TokenUsage

    public init(
        id: TaskID = .random(), agent: String, input: String, address: Address, priority: TaskPriority = .normal,
        metadata: [String: String] = [:], isSessionTurn: Bool = false, messageID: MessageID? = nil,
        origin: String? = nil, parent: TaskID? = nil, depth: Int = 0, retryOf: TaskID? = nil,
        reporting: TaskReporting = .completion, replyRoute: String? = nil, createdAt: Timestamp
    ) {
        self.id = id
        self.agent = agent
        self.input = input
        self.address = address
        self.priority = priority
        self.metadata = metadata
        self.isSessionTurn = isSessionTurn
        self.messageID = messageID
        self.origin = origin
        self.parent = parent
        self.depth = depth
        self.retryOf = retryOf
        self.reporting = reporting
        self.replyRoute = replyRoute
        self.state = .pending
        self.attempt = 0
        self.lostLeases = 0
        self.createdAt = createdAt
        self.usage = .zero
    }

    public var session: SessionKey { SessionKey(agent: agent, address: address) }

    /// The fence of the running attempt; nil unless running.
    public var fence: TaskFence? {
        guard state == .running, let leaseToken else { return nil }
        return TaskFence(id: id, attempt: attempt, leaseToken: leaseToken)
    }
}
