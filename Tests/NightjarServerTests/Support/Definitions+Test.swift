import NightjarEngine

extension Definitions {
    /// One agent, `echo`, who answers plain messages; the command `/ping`; a webhook with these options.
    static func test(
        model: any Model = ClosureModel.echo, settings: EngineSettings = EngineSettings(),
        webhook: [String: PlatformDefinition.Option]? = [:], formatters: [String: any FormatterOverride] = [:]
    ) -> Definitions {
        var settings = settings
        settings.defaultAgent = "echo"
        return Definitions(
            generation: 1, settings: settings,
            agents: [AgentDefinition(name: "echo", description: "Says it again", modelName: "echo", model: model)],
            commands: [CommandDefinition(name: "ping") { _ in .answer("pong") }],
            formatters: formatters,
            platforms: webhook.map { [PlatformDefinition(name: "webhook", options: $0)] } ?? [])
    }
}
