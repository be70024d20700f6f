import LuaRuntime
import NightjarEngine

extension DefinitionsBuilder {
    /// Platforms that answers may go to without a declaration.
    private static let alwaysThere: Set<String> = ["terminal"]

    mutating func trigger(
        _ declaration: CheckedDeclaration, agents: Set<String>, platforms: Set<String>
    ) -> TriggerDefinition? {
        let values = declaration.values
        if let agent = values.string("agent") { require(agent, isA: "agent", among: agents, at: .key("agent"), of: declaration) }
        if let channel = values.string("channel") { checkChannel(channel, declaration, platforms) }
        guard let schedule = schedule(declaration), let handler = handler(declaration, "handler"), !declaration.name.isEmpty
        else { return nil }
        let generation = generation
        let what = "the trigger \(declaration.name)"
        return TriggerDefinition(
            name: declaration.name, schedule: schedule, options: options(values), agent: values.string("agent"),
            channel: values.string("channel")
        ) { context in
            let results = try await generation.get().call(handler, [ContextObject.value(of: context)], as: .run(context))
            return try ScriptText.result(of: results, what)
        }
    }

    mutating func requestTrigger(
        _ declaration: CheckedDeclaration, agents: Set<String>, platforms: Set<String>
    ) -> RequestTriggerDefinition? {
        let values = declaration.values
        if let agent = values.string("agent") { require(agent, isA: "agent", among: agents, at: .key("agent"), of: declaration) }
        if let channel = values.string("channel") { checkChannel(channel, declaration, platforms) }
        guard let path = declaration.arguments.string("path"), let handler = handler(declaration, "handler"), !declaration.name.isEmpty
        else { return nil }
        let generation = generation
        let what = "the trigger \(declaration.name)"
        let source = TriggerSource(
            name: declaration.name, agent: values.string("agent"), channel: values.string("channel"),
            delivery: values.choice("delivery") ?? .whenIdle)
        return RequestTriggerDefinition(source: source, path: path, secret: values.secret("secret"), token: values.secret("token")) { context in
            let results = try await generation.get().call(handler, [ContextObject.value(of: context)], as: .run(context))
            return try ScriptText.result(of: results, what)
        }
    }

    mutating func checkPath(
        of trigger: RequestTriggerDefinition, among others: [RequestTriggerDefinition], _ declaration: CheckedDeclaration
    ) {
        if let other = others.first(where: { $0.path == trigger.path }) {
            problems.append(declaration.site.problem("the path \"\(trigger.path)\" belongs to on_webhook \"\(other.source.name)\""))
        } else if let problem = dependencies.requestTriggerProblem(trigger) {
            problems.append(declaration.site.problem(problem))
        }
    }

    private func schedule(_ declaration: CheckedDeclaration) -> TriggerSchedule? {
        let arguments = declaration.arguments
        return switch declaration.kind {
        case "every": arguments.duration("period").map(TriggerSchedule.every)
        case "after": arguments.duration("delay").map(TriggerSchedule.after)
        default: arguments.timestamp("moment").map(TriggerSchedule.at)
        }
    }

    private func options(_ values: FieldValues) -> TriggerOptions {
        let standard = TriggerOptions()
        let misfire = values.table("misfire")
        return TriggerOptions(
            overlap: values.choice("overlap") ?? standard.overlap, spacing: values.choice("spacing") ?? standard.spacing,
            delivery: values.choice("delivery") ?? standard.delivery,
            misfire: TriggerOptions.Misfire(
                grace: misfire?.duration("grace") ?? standard.misfire.grace,
                coalesce: misfire?.choice("coalesce") ?? standard.misfire.coalesce,
                catchupWindow: misfire?.duration("catchup_window") ?? standard.misfire.catchupWindow),
            jitter: values.duration("jitter") ?? .zero, maxRuns: values.integer("max_runs"),
            pauseOnFailure: values.integer("pause_on_failure"))
    }

    private mutating func checkChannel(_ channel: String, _ declaration: CheckedDeclaration, _ platforms: Set<String>) {
        guard let colon = channel.firstIndex(of: ":"), colon != channel.startIndex else {
            problems.append(
                declaration.site.problem("'channel' must be platform:channel, such as \"webhook:ops\", not \"\(channel)\"", at: .key("channel")))
            return
        }
        let platform = String(channel[..<colon])
        require(platform, isA: "platform", among: platforms.union(Self.alwaysThere), at: .key("channel"), of: declaration)
    }
}
