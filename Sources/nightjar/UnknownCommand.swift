import NightjarEngine

/// Tells who typed a command that there is none what they may have meant; the argument parser knows only that it did not expect it.
enum UnknownCommand {
    /// Commands that are settled but not built.
    private static let later: [String: String] = [
        "test": "nightjar check validates a project, and nightjar chat --store memory tries it out",
        "repl": "nightjar chat talks to a project's bot",
        "tasks": "GET /api/v1/tasks lists an engine's tasks",
    ]

    /// - Parameter arguments: without the program's own name.
    /// - Throws: ``CommandFailure`` when the first is the name of no command.
    static func check(_ arguments: some Collection<String>, known: [String]) throws {
        guard let name = arguments.first, !name.hasPrefix("-"), !known.contains(name), name != "help" else { return }
        if let instead = later[name] { throw CommandFailure(.usage, "nightjar \(name) is not there yet; \(instead)") }
        let near = NearestNames.question(NearestNames.find(name, in: known)).map { " (\($0))" } ?? ""
        throw CommandFailure(
            .usage, "there is no command '\(name)'\(near)\nUsage: nightjar \(known.joined(separator: "|")) …; nightjar --help shows more")
    }
}
