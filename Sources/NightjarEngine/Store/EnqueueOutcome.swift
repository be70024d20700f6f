/// What became of a new task.
public enum EnqueueOutcome: Sendable, Equatable {
    /// It is stored: pending, or running if it was started in the same step.
    case enqueued(TaskRecord)
    /// The same origin was enqueued before.
    case existing(TaskRecord)
    /// The user has this many active tasks already; nothing was stored.
    case overQuota(active: Int)
}
