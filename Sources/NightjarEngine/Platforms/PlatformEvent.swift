/// What people do on a platform, as far as it is for the engine.
public enum PlatformEvent: Sendable, Equatable {
    /// Somebody said something.
    case message(InboundMessage)
    /// Somebody pressed a button of a question.
    case choice(QuestionChoice)

    /// Who did it, and where.
    var address: Address {
        switch self {
        case .message(let message): message.address
        case .choice(let choice): choice.address
        }
    }
}

/// What became of an event; whatever it is, the platform need not send it again.
public enum PlatformEventOutcome: Sendable, Equatable {
    case accepted
    /// It was taken before.
    case duplicate
    /// The question is answered with this choice, now or by the same person before.
    case chosen(String)
    /// The choice does not count: said in words for who made it.
    case refused(String)
}
