/// One user's tasks, in numbers.
final class MemoryUser {
    let key: String
    var tally = TaskTally()
    /// Pending and running tasks that count against the quota.
    var active = 0
    /// The user's last stamp in each priority's queue.
    var stamps = [Int64?](repeating: nil, count: TaskPriority.allCases.count)

    init(key: String) {
        self.key = key
    }
}
