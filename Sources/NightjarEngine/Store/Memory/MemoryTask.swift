/// A task with what the memory store keeps beside its record.
final class MemoryTask {
    let sequence: Int
    let user: MemoryUser
    /// Its fair place in the queue; 0 for a nested task, which has none.
    let stamp: Int64
    var record: TaskRecord
    var journal: [JournalEntry] = []
    /// Its place among the completed turns of its session; 0 until it is one.
    var turn = 0

    init(sequence: Int, user: MemoryUser, stamp: Int64, record: TaskRecord) {
        self.sequence = sequence
        self.user = user
        self.stamp = stamp
        self.record = record
    }
}
