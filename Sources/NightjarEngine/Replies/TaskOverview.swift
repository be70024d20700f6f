/// What `/list tasks` shows.
public struct TaskOverview: Codable, Sendable, Equatable {
    /// How many tasks the reader may see are in each state.
    public var counts: [TaskState: Int]
    /// The first active tasks, running before pending.
    public var active: [TaskSummary]
    /// Active tasks beyond those in ``active``.
    public var more: Int
    /// The last tasks that have ended, the latest end first, without their outputs.
    public var finished: [TaskSummary]
    public var maxConcurrent: Int
    public var free: Int
    /// The last replies to the reader, or to anybody, that were given up; nil when there are none.
    public var undelivered: [DeadLetter]?

    public init(
        counts: [TaskState: Int], active: [TaskSummary], more: Int, finished: [TaskSummary] = [], maxConcurrent: Int, free: Int,
        undelivered: [DeadLetter]? = nil
    ) {
        self.counts = counts
        self.active = active
        self.more = more
        self.finished = finished
        self.maxConcurrent = maxConcurrent
        self.free = free
        self.undelivered = undelivered
    }
}
