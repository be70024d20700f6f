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
}
