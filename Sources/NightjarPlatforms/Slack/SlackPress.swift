import NightjarEngine

/// A pressed button, with what is needed to change the message that carries it.
struct SlackPress: Sendable, Equatable {
    var channel: String
    var ts: String
    var user: String
    var text: String
    var blocks: [JSONValue]
    var responseURL: String?
}
