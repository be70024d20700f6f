import NightjarEngine

/// The commands as Discord offers them behind a slash
/// (https://docs.discord.com/developers/interactions/application-commands#application-command-object).
struct DiscordCommandList: Sendable, Equatable {
    var entries: [JSONValue]
    /// Commands that can be typed with a prefix, but that Discord's list cannot have: their names have characters that it does not take, or
    /// there are too many.
    var leftOut: [String]

    init(_ commands: [PlatformCommand]) {
        let listed = commands.filter { Self.isName($0.name) }.prefix(DiscordLimits.commandsMax)
        let names = Set(listed.map(\.name))
        entries = listed.map(Self.entry)
        leftOut = commands.map(\.name).filter { !names.contains($0) }
    }

    /// One option takes all that is typed behind the name, so that scripts read it as everywhere else.
    private static func entry(_ command: PlatformCommand) -> JSONValue {
        [
            "type": 1, "name": .string(command.name), "description": .string(cut(command.description, or: "/\(command.usage)")),
            "options": [
                [
                    "type": 3, "name": "arguments", "description": .string(cut("/\(command.usage)", or: "as in a chat")),
                    "required": false,
                ]
            ],
        ]
    }

    private static func isName(_ name: String) -> Bool {
        (1...DiscordLimits.commandNameLengthMax).contains(name.count) && name == name.lowercased()
            && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
    }

    private static func cut(_ text: String, or other: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String((words.isEmpty ? other : words).prefix(DiscordLimits.commandDescriptionLengthMax))
    }
}
