import LuaRuntime
import NightjarEngine

/// Turns checked declarations into definitions, resolving what they refer to. Everything wrong is collected.
struct DefinitionsBuilder {
    /// What came of it.
    struct Built {
        /// Nil when something is wrong.
        var definitions: Definitions?
        var handlers: [HandlerID: LuaFunction]
        var problems: [ScriptProblem]
    }

    let sources: ProjectSources
    let generation: GenerationReference
    let dependencies: ScriptDependencies
    var problems: [ScriptProblem] = []
    var handlers: [HandlerID: LuaFunction] = [:]
    var models: [String: any Model] = [:]
    var tools: [String: ScriptTool] = [:]
    /// Names that files declare which did not load: what refers to them is not wrong for that.
    var possibleNames: [String: Set<String>] = [:]

    init(sources: ProjectSources, generation: GenerationReference, dependencies: ScriptDependencies) {
        self.sources = sources
        self.generation = generation
        self.dependencies = dependencies
    }

    mutating func build(_ evaluation: ScriptLoader.Evaluation, number: Int) -> Built {
        let indexes = sources.files.map { SourceIndex(LuaSource(name: $0.key, text: $0.value)) }
        let byName = Dictionary(uniqueKeysWithValues: indexes.map { ($0.name, $0) })
        for file in evaluation.failedFiles {
            for kind in ["model", "tool", "agent"] {
                possibleNames[kind, default: []].formUnion(byName[file]?.declaredNames(of: kind) ?? [])
            }
        }
        var reader = DeclarationReader(indexes: byName)
        reader.read(evaluation.recorder, failedFiles: evaluation.failedFiles)
        problems = reader.problems
        let definitions = definitions(reader.declarations, number)
        return Built(
            definitions: problems.contains { $0.severity == .error } ? nil : definitions, handlers: handlers, problems: problems)
    }

    private mutating func definitions(_ declarations: [CheckedDeclaration], _ number: Int) -> Definitions {
        let byKind = Dictionary(grouping: declarations, by: \.kind)
        for declaration in byKind["model"] ?? [] { addModel(declaration) }
        for declaration in byKind["tool"] ?? [] { addTool(declaration) }
        let modelNames = Set((byKind["model"] ?? []).map(\.name))
        let toolNames = (byKind["tool"] ?? []).map(\.name)
        let agentNames = Set((byKind["agent"] ?? []).map(\.name))
        let platformNames = Set((byKind["platform"] ?? []).map(\.name))

        var definitions = Definitions(generation: number)
        if let declaration = byKind["settings"]?.first { definitions.settings = settings(declaration, agents: agentNames) }
        for declaration in byKind["platform"] ?? [] { definitions.platforms.append(platform(declaration)) }
        for declaration in byKind["agent"] ?? [] {
            if let agent = agent(declaration, models: modelNames, tools: toolNames) { definitions.agents[agent.name] = agent }
        }
        for declaration in byKind["command"] ?? [] {
            if let command = command(declaration) { definitions.commands[command.name] = command }
        }
        checkAliases(byKind["command"] ?? [])
        for declaration in declarations {
            switch declaration.kind {
            case "every", "after", "at":
                if let trigger = trigger(declaration, agents: agentNames, platforms: platformNames) { definitions.triggers.append(trigger) }
            case "on_webhook":
                if let trigger = requestTrigger(declaration, agents: agentNames, platforms: platformNames) {
                    checkPath(of: trigger, among: definitions.requestTriggers, declaration)
                    definitions.requestTriggers.append(trigger)
                }
            case "on_message":
                if let handler = messageHandler(declaration) { definitions.messageHandlers.append(handler) }
            case "hook":
                if let (point, hook) = hook(declaration) { definitions.hooks[point, default: []].append(hook) }
            case "formatter":
                let platform = declaration.name == "generic" ? "webhook" : declaration.name
                if definitions.formatters[platform] != nil {
                    problems.append(declaration.site.problem("\"generic\" and \"webhook\" are one platform, and it has a formatter already"))
                }
                definitions.formatters[platform] = formatter(declaration)
            default: break
            }
        }
        return definitions
    }

    /// Remembers a declared function under its stable name.
    mutating func handler(_ declaration: CheckedDeclaration, _ key: String, number: Int? = nil) -> HandlerID? {
        guard let function = declaration.values.function(key) ?? declaration.arguments.function(key) else { return nil }
        let name = number.map(String.init) ?? declaration.name
        let id = HandlerID(declaration.kind, name, key)
        handlers[id] = function
        return id
    }

    /// Complains of a reference to something that nobody declares.
    mutating func require(
        _ name: String, isA kind: String, among known: some Sequence<String>, at path: FieldPath, of declaration: CheckedDeclaration
    ) {
        let known = Set(known)
        guard !known.contains(name), possibleNames[kind]?.contains(name) != true else { return }
        let near = NearestNames.question(NearestNames.find(name, in: known)).map { " (\($0))" } ?? ""
        problems.append(declaration.site.problem("there is no \(kind) '\(name)'\(near)", at: path))
    }
}
