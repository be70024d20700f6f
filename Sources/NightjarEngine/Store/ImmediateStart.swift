/// The wish to start a new task in the step that stores it, instead of claiming it in a further one.
public struct ImmediateStart: Sendable {
    /// The lease of its first attempt, should it start.
    public var leaseToken: String
    public var now: Timestamp
    /// Asked inside the step, and only when no other task is due. A driver that repeats the step asks again.
    public var mayStart: @Sendable () -> Bool

    public init(leaseToken: String = TaskFence.randomToken(), now: Timestamp, mayStart: @escaping @Sendable () -> Bool) {
        self.leaseToken = leaseToken
        self.now = now
        self.mayStart = mayStart
    }

    /// Whether the task is due itself.
    public func suits(_ task: TaskRecord) -> Bool {
        task.delayedUntil.map { $0 <= now } ?? true
    }
}
