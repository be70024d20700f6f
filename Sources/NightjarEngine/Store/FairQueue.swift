/// Fairness between users by start-time fair queueing (Goyal, Vin and Cheng, SIGCOMM 1996).
///
/// Each priority is a queue of its own with a virtual clock: the highest stamp that was ever claimed from it. A user's tasks are
/// stamped one cost apart, and no earlier than the clock. So whoever floods the queue waits behind their own tasks, and a user who
/// comes late starts level with the others instead of being paid back for the time away.
public enum FairQueue {
    /// What one task costs. Every user has the same weight, so the unit is free; whole numbers keep the order exact.
    public static let taskCost: Int64 = 1

    /// The stamp of a user's next task; the queue is ordered by (priority, stamp, age).
    /// - Parameters:
    ///   - clock: the virtual clock of the task's priority.
    ///   - lastOfUser: the highest stamp among the user's active tasks of that priority. Stamps of finished tasks need not
    ///     be known: they were claimed, so the clock has passed them.
    public static func stamp(clock: Int64, lastOfUser: Int64?) -> Int64 {
        max(clock, lastOfUser ?? clock) + taskCost
    }
}
