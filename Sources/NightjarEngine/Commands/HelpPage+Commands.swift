extension HelpPage {
    /// The page for one person: the built-in commands, then the scripts' commands they may use, by name.
    ///
    /// - Parameters:
    ///   - prefix: the one they typed; usage lines show it. Scripts write theirs with `/`.
    ///   - isAdmin: whether they are one.
    ///   - topic: the argument of `/help`; only commands with this name or alias are shown.
    /// - Throws: ``ReplyError`` when there is no such command.
    public static func make(
        commands: some Sequence<CommandDefinition>, for address: Address, isAdmin: Bool, prefix: CommandPrefix, defaultAgent: String?,
        topic: String? = nil
    ) throws(ReplyError) -> HelpPage {
        let allowed = commands.filter { $0.allow.admits(address) }.sorted { $0.name < $1.name }
        guard let topic else {
            let entries = BuiltInVerb.allCases.flatMap { $0.entries(prefix: prefix, isAdmin: isAdmin) } + allowed.map { $0.entry(prefix: prefix) }
            return HelpPage(entries: entries, defaultAgent: defaultAgent)
        }
        let name = topic.lowercased()
        if let verb = BuiltInVerb(named: name) {
            return HelpPage(entries: verb.entries(prefix: prefix, isAdmin: isAdmin), defaultAgent: nil)
        }
        let matches = { (command: CommandDefinition) in
            command.name.lowercased() == name || command.aliases.contains { $0.lowercased() == name }
        }
        guard let command = allowed.first(where: { $0.name.lowercased() == name }) ?? allowed.first(where: matches) else {
            let known = BuiltInVerb.allCases.map(\.rawValue) + allowed.map(\.name)
            throw .unknownCommand(topic, known: known, prefix: prefix)
        }
        return HelpPage(entries: [command.entry(prefix: prefix)], defaultAgent: nil)
    }
}

extension BuiltInVerb {
    fileprivate func entries(prefix: CommandPrefix, isAdmin: Bool) -> [HelpPage.Entry] {
        forms(isAdmin: isAdmin).map { HelpPage.Entry(usage: prefix.typed($0.usage), description: $0.description) }
    }
}

extension CommandDefinition {
    /// How it is typed with this prefix.
    public func usage(prefix: CommandPrefix) -> String {
        let usage = usage ?? name
        return prefix.typed(usage.hasPrefix("/") ? String(usage.dropFirst()) : usage)
    }

    fileprivate func entry(prefix: CommandPrefix) -> HelpPage.Entry {
        HelpPage.Entry(usage: usage(prefix: prefix), description: description)
    }
}
