/// An entry of the agent registry.
public struct AgentDefinition: Sendable {
    /// Who the agent is told it is: fixed text, or a script's function of the task.
    public enum Instructions: Sendable {
        case text(String)
        case computed(@Sendable (HandlerContext) async throws -> String)
    }

    public var name: String
    public var description: String
    /// The model's name, for people, metrics and the circuit breaker.
    public var modelName: String
    public var model: any Model
    public var instructions: Instructions
    public var tools: [any Tool]
    /// Model answers in one task before it is stopped.
    public var maxIterations: Int
    /// Overrides ``EngineSettings/commandTimeout``.
    public var timeout: Duration?
    public var temperature: Double?
    /// Earlier turns of the session that the model is shown.
    public var memoryTurns: Int

    public init(
        name: String, description: String = "", modelName: String, model: any Model,
        instructions: Instructions = .text(""), tools: [any Tool] = [], maxIterations: Int = 10,
        timeout: Duration? = nil, temperature: Double? = nil, memoryTurns: Int = 20
    ) {
        self.name = name
        self.description = description
        self.modelName = modelName
        self.model = model
        self.instructions = instructions
        self.tools = tools
        self.maxIterations = maxIterations
        self.timeout = timeout
        self.temperature = temperature
        self.memoryTurns = memoryTurns
    }

    public var summary: AgentSummary {
        AgentSummary(name: name, description: description, model: modelName, tools: tools.map(\.description.name))
    }
}
