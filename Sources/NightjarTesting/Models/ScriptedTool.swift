public import NightjarEngine

/// A tool whose body is given by a test; it remembers the arguments of its calls.
public struct ScriptedTool: Tool {
    public let description: ToolDescription
    public let timeout: Duration
    public let isIdempotent: Bool
    public let calls = Recorder<JSONValue>()
    private let body: @Sendable (JSONValue, HandlerContext) async throws -> String

    public init(
        _ name: String, parameters: JSONValue = .object(["type": .string("object")]), timeout: Duration = .seconds(30),
        isIdempotent: Bool = false, _ body: @escaping @Sendable (JSONValue, HandlerContext) async throws -> String
    ) {
        description = ToolDescription(name: name, description: "", parameters: parameters)
        self.timeout = timeout
        self.isIdempotent = isIdempotent
        self.body = body
    }

    public func call(_ arguments: JSONValue, context: HandlerContext) async throws -> String {
        calls.add(arguments)
        return try await body(arguments, context)
    }
}
