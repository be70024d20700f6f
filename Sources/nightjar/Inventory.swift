import NightjarEngine

/// What a project declares, in a line each.
struct Inventory {
    private let definitions: Definitions

    init(_ definitions: Definitions) {
        self.definitions = definitions
    }

    var text: String {
        [
            line("agents", definitions.agents.keys.sorted()), line("commands", definitions.commands.keys.sorted()),
            line("triggers", definitions.triggers.map(\.name) + definitions.requestTriggers.map(\.source.name)),
            line("platforms", definitions.platforms.map(\.name)),
        ].joined(separator: "\n")
    }

    private func line(_ noun: String, _ names: [String]) -> String {
        "\(noun) (\(names.count)): \(names.isEmpty ? "none" : names.joined(separator: ", "))"
    }
}
