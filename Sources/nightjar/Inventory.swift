import NightjarEngine

/// What a project declares, in a line each.
struct Inventory {
    private let definitions: Definitions
    private let namesMax: Int

    /// - Parameter namesMax: how many names a line has at most; it ends with how many more there are.
    init(_ definitions: Definitions, namesMax: Int = .max) {
        self.definitions = definitions
        self.namesMax = namesMax
    }

    var text: String {
        [
            line("agents", definitions.agents.keys.sorted()), line("commands", definitions.commands.keys.sorted()),
            line("triggers", definitions.triggers.map(\.name) + definitions.requestTriggers.map(\.source.name)),
            line("platforms", definitions.platforms.map(\.name)),
        ].joined(separator: "\n")
    }

    private func line(_ noun: String, _ names: [String]) -> String {
        let more = names.count > namesMax ? " and \(names.count - namesMax) more" : ""
        return "\(noun) (\(names.count)): \(names.isEmpty ? "none" : names.prefix(namesMax).joined(separator: ", ") + more)"
    }
}
