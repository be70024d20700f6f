public import NightjarEngine

/// One thing a stand-in provider does while it answers.
public enum StandInStep: Sendable, Equatable {
    /// A piece of visible text, as one event.
    case text(String)
    /// A whole tool call, its arguments in pieces.
    case toolCall(id: String, name: String, arguments: [String])
    /// The end of the answer, with its reason and its usage.
    case finish(ModelResponse.StopReason, TokenUsage)
    /// An error event in the stream.
    case failure(type: String, message: String)
    /// An error document, as providers send it in place of a stream.
    case refusal(type: String, message: String)
    /// Bytes as they are, in one write.
    case raw(String)
    /// Nothing for a while.
    case pause(Duration)
    /// Nothing more, until the client closes the connection. As the first step, it holds back the response's head too.
    case stall
    /// The connection is closed in the middle of the response.
    case drop
}
