/// One entry of the conversation a model is shown.
public enum ModelMessage: Codable, Sendable, Equatable {
    case user(String)
    /// What the model said and which tools it called.
    case assistant(text: String, toolCalls: [ToolCall])
    /// The results of the calls of the assistant entry before, in the order of the calls.
    case toolResults([ToolResult])
}
