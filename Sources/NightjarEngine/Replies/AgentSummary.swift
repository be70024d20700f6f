/// An agent as `/list agents` and the API show it.
public struct AgentSummary: Codable, Sendable, Equatable {
    public var name: String
    public var description: String
    public var model: String
    public var tools: [String]

    public init(name: String, description: String, model: String, tools: [String]) {
        self.name = name
        self.description = description
        self.model = model
        self.tools = tools
    }
}
