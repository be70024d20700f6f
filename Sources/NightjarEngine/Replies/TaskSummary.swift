/// A task as replies and formatters see it.
public struct TaskSummary: Codable, Sendable, Equatable {
    public var id: TaskID
    public var state: TaskState
    public var agent: String
    public var user: String
    public var priority: TaskPriority
    public var metadata: [String: String]
    public var input: String
    public var output: String?
    public var failure: TaskFailure?
    public var attempt: Int
    public var retryOf: TaskID?
    public var usage: TokenUsage
    public var createdAt: Timestamp
    public var startedAt: Timestamp?
    public var finishedAt: Timestamp?
    /// The moment it was looked at, so that the durations of unfinished tasks can be shown.
    public var observedAt: Timestamp
    /// Show usage and durations beside the answer (`settings.verbose`).
    public var isVerbose: Bool
    /// Replies about it that were given up, in `/status`; nil when there are none, and everywhere else.
    public var undelivered: [DeadLetter]?

    public init(_ task: TaskRecord, at moment: Timestamp, isVerbose: Bool = false) {
        id = task.id
        state = task.state
        agent = task.agent
        user = task.address.userKey
        priority = task.priority
        metadata = task.metadata
        input = task.input
        output = task.output
        failure = task.failure
        attempt = task.attempt
        retryOf = task.retryOf
        usage = task.usage
        createdAt = task.createdAt
        startedAt = task.startedAt
        finishedAt = task.finishedAt
        observedAt = moment
        self.isVerbose = isVerbose
    }

    /// How long it waited for its first start, so far or in all.
    public var queued: Duration { (startedAt ?? finishedAt ?? observedAt) - createdAt }
    /// How long it has run since its first start, so far or in all; nil before that.
    public var ran: Duration? { startedAt.map { (finishedAt ?? observedAt) - $0 } }
}
