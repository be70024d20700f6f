import NightjarEngine

/// What a genuine request says.
enum SlackReading: Sendable {
    /// Nothing for the engine; `heldBackSince` when Slack says that it keeps events back.
    case nothing(heldBackSince: Timestamp? = nil)
    /// The handshake: the challenge is to be sent back.
    case challenge(String)
    case message(InboundMessage)
    /// As a message; what was typed is to be shown to everybody who sees the answer.
    case command(InboundMessage)
    case presses([(QuestionChoice, SlackPress)])
}
