import NightjarEngine
import NightjarTesting

extension Definitions {
    /// One agent named `helper`, who answers plain messages too.
    static func helper(
        _ model: any Model, tools: [any Tool] = [], settings: EngineSettings = EngineSettings(), hooks: [HookPoint: [any Hook]] = [:],
        maxIterations: Int = 10, timeout: Duration? = nil, memoryTurns: Int = 20, commands: [CommandDefinition] = [],
        messageHandlers: [MessageHandlerDefinition] = [], others: [AgentDefinition] = []
    ) -> Definitions {
        var settings = settings
        settings.defaultAgent = "helper"
        let helper = AgentDefinition(
            name: "helper", modelName: "scripted", model: model, tools: tools, maxIterations: maxIterations, timeout: timeout,
            memoryTurns: memoryTurns)
        return Definitions(
            settings: settings, agents: [helper] + others, commands: commands, messageHandlers: messageHandlers, hooks: hooks)
    }
}

extension ToolCall {
    static func sample(_ name: String, id: String = "c1", _ arguments: String = "{}") -> ToolCall {
        ToolCall(id: id, name: name, arguments: arguments)
    }
}
