/// What a tool call came to, as the model is told.
public struct ToolResult: Codable, Sendable, Equatable {
    public var callID: String
    public var name: String
    public var content: String
    /// The tool failed; `content` says how, so that the model can try another way.
    public var isError: Bool

    public init(callID: String, name: String, content: String, isError: Bool = false) {
        self.callID = callID
        self.name = name
        self.content = content
        self.isError = isError
    }
}
