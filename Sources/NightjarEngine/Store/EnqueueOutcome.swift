/// What became of a new task.
public enum EnqueueOutcome: Sendable, Equatable {
    case enqueued(TaskRecord)
    /// The same origin was enqueued before.
    case existing(TaskRecord)
    /// The user has this many active tasks already; nothing was stored.
    case overQuota(active: Int)
}
