/// A model's whole answer.
public struct ModelResponse: Codable, Sendable, Equatable {
    /// Why the model stopped. A reason we do not know is kept as it came.
    public enum StopReason: Codable, Sendable, Equatable {
        case endOfTurn
        case toolCalls
        case length
        case contentFilter
        case other(String)
    }

    public var text: String
    public var toolCalls: [ToolCall]
    public var usage: TokenUsage
    public var stopReason: StopReason

    public init(text: String, toolCalls: [ToolCall] = [], usage: TokenUsage = .zero, stopReason: StopReason = .endOfTurn) {
        self.text = text
        self.toolCalls = toolCalls
        self.usage = usage
        self.stopReason = stopReason
    }

    /// What the person who asked is told. An answer that was cut off says so, since its end cannot be told from a whole one's.
    var answer: String {
        get throws(ModelError) {
            let isBlank = text.allSatisfy(\.isWhitespace)
            switch stopReason {
            case .length where isBlank:
                throw ModelError(
                    .provider, "the model used up all its tokens before it said anything; give it a larger max_tokens", isRetryable: false)
            case .length:
                return text + "\n\n(The answer ends here: the model has used up its tokens. `max_tokens` says how many it has.)"
            case .contentFilter where isBlank:
                throw ModelError(.provider, "the model's provider refused to answer this", isRetryable: false)
            default:
                return text
            }
        }
    }
}
