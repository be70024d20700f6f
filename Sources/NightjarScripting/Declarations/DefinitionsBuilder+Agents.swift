import LuaRuntime
import NightjarEngine

extension DefinitionsBuilder {
    mutating func addModel(_ declaration: CheckedDeclaration) {
        let values = declaration.values
        guard let provider = values.string("provider") else { return }
        if provider == "lua" {
            guard let handler = handler(declaration, "respond") else { return }
            models[declaration.name] = ScriptModel(name: declaration.name, handler: handler, generation: generation)
            return
        }
        var options = Self.options(values)
        options.declaration = declaration.site.place(of: .key("base_url"))
        do {
            models[declaration.name] = try dependencies.models.make(provider: provider, options: options)
            warnOfMissingKey(declaration, provider)
        } catch {
            let field = DeclarationFamily.model.member(provider)?.field(error.key)
            // What the schema asks for and did not find has been told.
            if field?.isRequired == true, !values.has(error.key) { return }
            problems.append(declaration.site.problem(error.message, at: .key(error.key)))
        }
    }

    /// A server of one's own needs no key, and `headers` may hold one; the provider's own API refuses every request without.
    private mutating func warnOfMissingKey(_ declaration: CheckedDeclaration, _ provider: String) {
        guard let fields = DeclarationFamily.model.member(provider), fields.field("api_key") != nil,
            !["api_key", "base_url", "headers"].contains(where: declaration.values.has)
        else { return }
        problems.append(
            declaration.site.problem(
                "has no key, and the provider's own API wants one: api_key = secret \"\(provider.uppercased())_API_KEY\"", severity: .warning))
    }

    private static func options(_ values: FieldValues) -> ModelOptions {
        var options = ModelOptions(
            name: values.string("name"), baseURL: values.string("base_url"), apiKey: values.secret("api_key"),
            maxTokens: values.integer("max_tokens"), extraHeaders: values.secrets("headers") ?? [:])
        let timeouts = values.table("timeouts")
        if let connect = timeouts?.duration("connect") { options.timeouts.connect = connect }
        if let firstByte = timeouts?.duration("first_byte") { options.timeouts.firstByte = firstByte }
        if let betweenChunks = timeouts?.duration("between_chunks") { options.timeouts.betweenChunks = betweenChunks }
        if let whole = timeouts?.duration("whole") { options.timeouts.whole = whole }
        return options
    }

    mutating func addTool(_ declaration: CheckedDeclaration) {
        let values = declaration.values
        guard let handler = handler(declaration, "run") else { return }
        tools[declaration.name] = ScriptTool(
            description: ToolDescription(
                name: declaration.name, description: values.string("description") ?? "",
                parameters: ToolParameters.schema(values.tables("parameters") ?? [:])),
            timeout: values.duration("timeout") ?? .seconds(30), isIdempotent: values.boolean("idempotent") ?? false,
            handler: handler, generation: generation)
    }

    mutating func agent(_ declaration: CheckedDeclaration, models known: Set<String>, tools names: [String]) -> AgentDefinition? {
        let values = declaration.values
        let chosen = chosenTools(declaration, names)
        guard let model = values.string("model") else { return nil }
        require(model, isA: "model", among: known, at: .key("model"), of: declaration)
        guard let instance = models[model] else { return nil }
        return AgentDefinition(
            name: declaration.name, description: values.string("description") ?? "", modelName: model, model: instance,
            instructions: instructions(declaration), tools: chosen.compactMap { tools[$0] },
            maxIterations: values.integer("max_iterations") ?? 10, timeout: values.duration("timeout"),
            temperature: values.number("temperature"), memoryTurns: values.table("memory")?.integer("turns") ?? 20)
    }

    private mutating func instructions(_ declaration: CheckedDeclaration) -> AgentDefinition.Instructions {
        guard let handler = handler(declaration, "instructions") else {
            return .text(declaration.values.string("instructions") ?? "")
        }
        let generation = generation
        let name = declaration.name
        return .computed { context in
            let results = try await generation.get().call(handler, [ContextObject.value(of: context)], as: .run(context))
            return try ScriptText.text(of: results.first ?? .nil, "the instructions of \(name)") ?? ""
        }
    }

    /// A name ending in `*` chooses all tools that begin so.
    private mutating func chosenTools(_ declaration: CheckedDeclaration, _ names: [String]) -> [String] {
        var chosen: [String] = []
        for (index, pattern) in (declaration.values.strings("tools") ?? []).enumerated() {
            let matches = names.filter { AllowList.matches(pattern, $0) }
            if matches.isEmpty {
                let path = FieldPath.key("tools").appending(.item(index + 1))
                require(pattern, isA: "tool", among: names, at: path, of: declaration)
            }
            chosen += matches.filter { !chosen.contains($0) }
        }
        return chosen
    }
}
