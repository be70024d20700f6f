/// One dispatched event of a `text/event-stream`.
struct ServerSentEvent: Equatable, Sendable {
    /// The `event` field; empty when the stream named none.
    var type: String
    /// The `data` lines, joined by line feeds.
    var data: String
}
