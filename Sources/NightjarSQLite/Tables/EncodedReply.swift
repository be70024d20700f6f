import NightjarEngine

/// An outbox entry with its JSON columns made: that is done by the caller, so that the writer does not spend its time on it.
struct EncodedReply: Sendable {
    let entry: OutboxEntry
    let content: String
    let rendered: String?

    init(_ entry: OutboxEntry) throws {
        self.entry = entry
        content =
            if case .text(let text) = entry.content { try JSONColumn.encode(text: text, entry.content) } else {
                try JSONColumn.encode(entry.content)
            }
        rendered = try entry.rendered.map { rendered in
            if case .text(let text) = rendered { try JSONColumn.encode(text: text, rendered) } else { try JSONColumn.encode(rendered) }
        }
    }
}
