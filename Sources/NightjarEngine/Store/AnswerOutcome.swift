/// What became of an answer to a question.
public enum AnswerOutcome: Sendable, Equatable {
    /// It counts; also when the same person gives the same answer again.
    case answered(QuestionRecord)
    /// Another answer came first.
    case alreadyAnswered(QuestionRecord)
    case expired
    /// Somebody else was asked.
    case notAllowed
    /// There is no such question, or no such choice.
    case unknown
}
