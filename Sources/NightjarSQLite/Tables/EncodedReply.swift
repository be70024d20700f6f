import NightjarEngine

/// An outbox entry with its JSON columns made: that is done by the caller, so that the writer does not spend its time on it.
struct EncodedReply: Sendable {
    let entry: OutboxEntry
    let content: String
    let rendered: String?

    init(_ entry: OutboxEntry) throws {
        self.entry = entry
        content = try JSONColumn.encode(entry.content)
        rendered = try entry.rendered.map(JSONColumn.encode)
    }
}
