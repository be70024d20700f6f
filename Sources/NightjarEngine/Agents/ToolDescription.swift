/// A tool as a model is told of it.
public struct ToolDescription: Codable, Sendable, Equatable {
    public var name: String
    public var description: String
    /// JSON Schema of the arguments: an object.
    public var parameters: JSONValue

    public init(name: String, description: String, parameters: JSONValue) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}
