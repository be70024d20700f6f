import NightjarEngine

/// Assembles a model's answer from the events of one provider's stream. Pure: it reads, remembers and answers.
protocol StreamDecoder: Sendable {
    /// The provider's mark for the end has been read; nothing after it matters.
    var isComplete: Bool { get }

    /// Takes the next event.
    /// - Returns: the visible text it carries, if any.
    mutating func decode(_ event: ServerSentEvent) throws(StreamFailure) -> String?

    /// The answer, once the stream has ended.
    /// - Throws: ``StreamFailure/incomplete`` when the stream ended in the middle of an answer.
    func response() throws(StreamFailure) -> ModelResponse
}
