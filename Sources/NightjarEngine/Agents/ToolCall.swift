/// A model's wish to call a tool.
public struct ToolCall: Codable, Sendable, Equatable, Identifiable {
    /// The provider's name for the call; unique within one answer.
    public var id: String
    public var name: String
    /// The arguments as the model wrote them: JSON text, not necessarily valid.
    public var arguments: String
    /// Provider data that must be sent back with the call as it came (Gemini's thought signature).
    public var providerData: String?

    public init(id: String, name: String, arguments: String, providerData: String? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.providerData = providerData
    }
}
