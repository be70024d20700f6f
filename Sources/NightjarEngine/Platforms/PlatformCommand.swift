/// A command as platforms list them.
public struct PlatformCommand: Sendable, Hashable {
    /// Without a prefix: `run`, `deploy`.
    public var name: String
    /// May be empty.
    public var description: String
    /// How it is typed behind the prefix.
    public var usage: String

    public init(name: String, description: String, usage: String) {
        self.name = name
        self.description = description
        self.usage = usage
    }

    /// The built-in commands, then the scripts', by name.
    static func all(in definitions: Definitions) -> [PlatformCommand] {
        let builtIn = BuiltInVerb.allCases.map { verb in
            PlatformCommand(name: verb.rawValue, description: verb.forms[0].description, usage: verb.forms[0].usage)
        }
        let scripts = definitions.commands.values.sorted { $0.name < $1.name }.map { command in
            let usage = command.usage ?? command.name
            return PlatformCommand(
                name: command.name, description: command.description, usage: usage.hasPrefix("/") ? String(usage.dropFirst()) : usage)
        }
        return builtIn + scripts
    }
}
