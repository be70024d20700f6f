extension Declaration {
    /// Every declaration a script can make, in the order of the reference. Kinds with variants are here once for each.
    package static let all: [Declaration] =
        [.settings] + DeclarationFamily.platform.members + DeclarationFamily.model.members + [
            .tool, .agent, .command, .every, .after, .at, .onWebhook, .onMessage, .formatter, .hook,
        ]

    /// Tables that stand inside declarations and have a description of their own.
    package static let parts: [Declaration] = DeclaredTable.allCases.map(\.declaration)

    /// The globals that declare something, each once.
    package static let kinds: [String] = all.map(\.kind).reduce(into: []) { kinds, kind in
        if kinds.last != kind { kinds.append(kind) }
    }
}
