import NightjarEngine

extension DefinitionsBuilder {
    mutating func settings(_ declaration: CheckedDeclaration, agents: Set<String>) -> EngineSettings {
        let values = declaration.values
        let standard = EngineSettings()
        if let agent = values.string("default_agent") {
            require(agent, isA: "agent", among: agents, at: .key("default_agent"), of: declaration)
        }
        return EngineSettings(
            maxConcurrent: values.integer("max_concurrent") ?? standard.maxConcurrent,
            maxTasksPerUser: values.integer("max_tasks_per_user") ?? standard.maxTasksPerUser,
            commandTimeout: values.duration("command_timeout") ?? standard.commandTimeout,
            autoAcknowledge: values.boolean("auto_ack") ?? standard.autoAcknowledge,
            isVerbose: values.boolean("verbose") ?? standard.isVerbose, defaultAgent: values.string("default_agent"),
            prefixes: values.strings("prefixes") ?? [], retention: retention(values.table("retention")),
            admins: values.strings("admins") ?? [],
            handlerTimeout: values.duration("handler_timeout") ?? standard.handlerTimeout, apiToken: values.secret("api_token"),
            callbackHosts: values.strings("callback_hosts") ?? [],
            sessionQueueMax: values.integer("max_session_queue") ?? standard.sessionQueueMax)
    }

    private func retention(_ values: FieldValues?) -> Retention {
        let standard = Retention()
        return Retention(
            completed: values?.duration("completed") ?? standard.completed, failed: values?.duration("failed") ?? standard.failed,
            messages: values?.duration("messages") ?? standard.messages)
    }

    mutating func platform(_ declaration: CheckedDeclaration) -> PlatformDefinition {
        let platform = PlatformDefinition(
            name: declaration.name, options: declaration.values.values.compactMapValues(Self.option))
        if let problem = dependencies.platformProblem(platform) { problems.append(declaration.site.problem(problem)) }
        return platform
    }

    private static func option(_ value: FieldValue) -> PlatformDefinition.Option? {
        switch value {
        case .string(let text): .string(text)
        case .secret(let secret): .secret(secret)
        case .boolean(let flag): .bool(flag)
        case .integer(let number): .number(Double(number))
        case .number(let number): .number(number)
        case .duration(let duration): .duration(duration)
        case .list(let items): .list(items.compactMap { if case .string(let text) = $0 { text } else { nil } })
        case .function, .map, .table, .json, .timestamp: nil
        }
    }
}
