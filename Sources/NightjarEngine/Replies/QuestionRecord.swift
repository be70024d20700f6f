/// A question with what the store keeps of it: who may answer, until when, and what the answer was.
public struct QuestionRecord: Codable, Sendable, Equatable, Identifiable {
    public struct Answer: Codable, Sendable, Equatable {
        /// Which of the choices, counted from 0.
        public var index: Int
        public var user: String
        public var answeredAt: Timestamp

        public init(index: Int, user: String, answeredAt: Timestamp) {
            self.index = index
            self.user = user
            self.answeredAt = answeredAt
        }
    }

    public var question: Question
    /// Where it was asked. Its user may answer; a trigger is nobody, so everybody in the channel may.
    public var address: Address
    /// The call that asked, so that a handler that runs again asks nothing twice.
    public var origin: String?
    /// The id of the message or task whose handler asked: while it is not done, that may run again and ask for the answer.
    public var asker: String?
    public var expiresAt: Timestamp
    public var answer: Answer?

    public var id: String { question.id }

    public init(
        question: Question, address: Address, origin: String?, asker: String? = nil, expiresAt: Timestamp, answer: Answer? = nil
    ) {
        self.question = question
        self.address = address
        self.origin = origin
        self.asker = asker
        self.expiresAt = expiresAt
        self.answer = answer
    }

    /// The choice that was made.
    public var choice: String? { answer.map { question.choices[$0.index] } }

    /// Whether somebody may answer from there. Threads are not told apart, since a platform may open one for the question.
    public func admits(_ other: Address) -> Bool {
        guard other.platform == address.platform, other.channel == address.channel else { return false }
        return address.isTrigger || other.user == address.user
    }

    /// Takes an answer, if it counts: a pure step that every store applies in a transaction.
    public mutating func take(_ choice: QuestionChoice, at now: Timestamp) -> AnswerOutcome {
        guard question.choices.indices.contains(choice.index) else { return .unknown }
        guard admits(choice.address) else { return .notAllowed }
        if let answer { return answer.index == choice.index && answer.user == choice.address.user ? .answered(self) : .alreadyAnswered(self) }
        guard now < expiresAt else { return .expired }
        answer = Answer(index: choice.index, user: choice.address.user, answeredAt: now)
        return .answered(self)
    }
}
