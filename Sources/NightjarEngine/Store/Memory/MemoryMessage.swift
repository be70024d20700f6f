/// A message with its place in the order of arrival.
final class MemoryMessage {
    let sequence: Int
    var record: MessageRecord

    init(sequence: Int, record: MessageRecord) {
        self.sequence = sequence
        self.record = record
    }
}
