import NightjarEngine

/// What an update is to the engine.
enum TelegramIntake: Sendable, Equatable {
    case message(InboundMessage)
    case choice(QuestionChoice, TelegramPress)
    /// A button that is not of a question, or a stranger's press: it is answered and tells of nothing.
    case pressOfNothing(TelegramPress)
    /// Nothing for the engine.
    case nothing
    /// It cannot be said before the bot's name is known.
    case undecided
}
