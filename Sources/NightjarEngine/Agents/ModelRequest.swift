/// What a model is asked.
public struct ModelRequest: Sendable, Equatable {
    public var instructions: String
    /// Ends with a user entry or with tool results.
    public var messages: [ModelMessage]
    public var tools: [ToolDescription]
    public var temperature: Double?
    /// The most tokens the answer may have; nil leaves it to the model's definition.
    public var maxTokens: Int?

    public init(
        instructions: String = "", messages: [ModelMessage], tools: [ToolDescription] = [], temperature: Double? = nil,
        maxTokens: Int? = nil
    ) {
        self.instructions = instructions
        self.messages = messages
        self.tools = tools
        self.temperature = temperature
        self.maxTokens = maxTokens
    }

    /// The last thing a person (or trigger) said.
    public var input: String {
        get {
            if let index = inputIndex, case .user(let text) = messages[index] { text } else { "" }
        }
        set {
            if let index = inputIndex { messages[index] = .user(newValue) } else { messages.append(.user(newValue)) }
        }
    }

    private var inputIndex: Int? {
        messages.lastIndex { if case .user = $0 { true } else { false } }
    }
}
