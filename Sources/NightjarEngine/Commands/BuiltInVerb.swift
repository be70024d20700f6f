/// The engine's own commands.
public enum BuiltInVerb: String, Sendable, CaseIterable {
    case run
    case status
    case list
    case cancel
    case retry
    case result
    case help

    /// The names it answers to, its own first.
    public var names: [String] {
        switch self {
        case .run: ["run", "execute", "start"]
        case .status: ["status", "check"]
        case .list: ["list", "ls", "show"]
        case .cancel: ["cancel", "stop", "abort"]
        case .retry: ["retry"]
        case .result: ["result"]
        case .help: ["help", "h"]
        }
    }

    /// Names that no script may give to a command or an alias, in lower case: built-in commands always win.
    public static let reservedNames = Set(allCases.flatMap(\.names))

    /// The command with this name or synonym; case is ignored.
    public init?(named word: String) {
        let word = word.lowercased()
        guard let match = Self.allCases.first(where: { $0.names.contains(word) }) else { return nil }
        self = match
    }

    /// What it may act on; empty when it takes no target.
    public var targets: [CommandTarget] {
        switch self {
        case .run: [.agent, .trigger]
        case .status, .cancel, .retry, .result: [.task]
        case .list: [.task, .agent, .trigger]
        case .help: []
        }
    }

    private static let runTrigger = HelpPage.Entry(usage: "run trigger <name>", description: "Fire a trigger now")

    /// The forms that a person may use: only admins fire triggers.
    func forms(isAdmin: Bool) -> [HelpPage.Entry] { isAdmin ? forms : forms.filter { $0 != Self.runTrigger } }

    /// How it is typed and what it does, without a prefix; one entry for each form.
    var forms: [HelpPage.Entry] {
        switch self {
        case .run:
            [
                HelpPage.Entry(usage: "run agent <name> <input>", description: "Start a task for an agent"),
                Self.runTrigger,
            ]
        case .status: [HelpPage.Entry(usage: "status task <id>", description: "Show a task")]
        case .list: [HelpPage.Entry(usage: "list tasks|agents|triggers", description: "Show what there is")]
        case .cancel: [HelpPage.Entry(usage: "cancel task <id>", description: "Stop a pending or running task")]
        case .retry: [HelpPage.Entry(usage: "retry task <id>", description: "Run a finished task again as a new one")]
        case .result: [HelpPage.Entry(usage: "result task <id>", description: "Show the output of a task")]
        case .help: [HelpPage.Entry(usage: "help [command]", description: "Show the commands")]
        }
    }

    /// The usage line, without a prefix.
    func usage(for target: CommandTarget? = nil) -> String {
        let form = target.flatMap { target in forms.first { $0.usage.hasPrefix("\(rawValue) \(target.rawValue) ") } }
        return (form ?? forms[0]).usage
    }
}
