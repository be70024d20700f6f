/// An outbox entry with its place in the order of promises.
final class MemoryReply {
    let sequence: Int
    var entry: OutboxEntry

    init(sequence: Int, entry: OutboxEntry) {
        self.sequence = sequence
        self.entry = entry
    }
}
