import LuaRuntime
import NightjarEngine

extension DefinitionsBuilder {
    mutating func command(_ declaration: CheckedDeclaration) -> CommandDefinition? {
        let values = declaration.values
        guard let handler = handler(declaration, "run") else { return nil }
        let allow = values.table("allow")
        let generation = generation
        let what = "the command \(declaration.name)"
        return CommandDefinition(
            name: declaration.name, description: values.string("description") ?? "", usage: values.string("usage"),
            aliases: values.strings("aliases") ?? [],
            allow: AllowList(users: allow?.strings("users") ?? [], channels: allow?.strings("channels") ?? [])
        ) { context in
            let results = try await generation.get().call(handler, [ContextObject.value(of: context)], as: .run(context))
            return try ScriptText.result(of: results, what)
        }
    }

    /// An alias must not hide another command.
    mutating func checkAliases(_ declarations: [CheckedDeclaration]) {
        var owners = Dictionary(declarations.map { ($0.name.lowercased(), $0) }) { first, _ in first }
        for declaration in declarations {
            for (index, alias) in (declaration.values.strings("aliases") ?? []).enumerated() {
                let path = FieldPath.key("aliases").appending(.item(index + 1))
                if let problem = NameRule.command.problem(with: alias, kind: "alias") {
                    problems.append(declaration.site.problem(problem, at: path))
                } else if let owner = owners[alias.lowercased()] {
                    problems.append(
                        declaration.site.problem("the alias '\(alias)' belongs to \(owner.site.label) at \(owner.site.location)", at: path))
                } else {
                    owners[alias.lowercased()] = declaration
                }
            }
        }
    }

    mutating func messageHandler(_ declaration: CheckedDeclaration) -> MessageHandlerDefinition? {
        let number = handlers.keys.count
        guard let text = declaration.arguments.string("pattern"), let pattern = try? LuaPattern(text),
            let handler = handler(declaration, "handler", number: number)
        else { return nil }
        return MessageHandler(pattern: pattern, text: text, location: declaration.site.location, logger: dependencies.logger)
            .definition(handler, generation)
    }

    mutating func hook(_ declaration: CheckedDeclaration) -> (HookPoint, any Hook)? {
        let number = handlers.keys.count
        guard let point = declaration.arguments.choice("point", as: HookPoint.self),
            let handler = handler(declaration, "handler", number: number)
        else { return nil }
        return (point, ScriptHook(handler: handler, generation: generation))
    }

    mutating func formatter(_ declaration: CheckedDeclaration) -> any FormatterOverride {
        var kinds: [String: HandlerID] = [:]
        for key in declaration.values.values.keys { kinds[key] = handler(declaration, key) }
        return ScriptFormatter(handlers: kinds, generation: generation)
    }
}
