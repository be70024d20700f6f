import NightjarEngine

/// The commands as Telegram's menu shows them: https://core.telegram.org/bots/api#botcommand.
struct TelegramCommandList: Sendable, Equatable {
    var entries: [JSONValue]
    /// Commands that can be typed, but that Telegram's menu cannot show: their names have other characters than `a-z`, `0-9` and `_`,
    /// or there are too many.
    var leftOut: [String]

    init(_ commands: [PlatformCommand]) {
        let listed = commands.filter { Self.isName($0.name) }.prefix(TelegramLimits.commandsMax)
        let names = Set(listed.map(\.name))
        entries = listed.map { ["command": .string($0.name), "description": .string(Self.description(of: $0))] }
        leftOut = commands.map(\.name).filter { !names.contains($0) }
    }

    private static func isName(_ name: String) -> Bool {
        (1...TelegramLimits.commandNameLengthMax).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || byte == UInt8(ascii: "_")
            }
    }

    private static func description(of command: PlatformCommand) -> String {
        let words = command.description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String((words.isEmpty ? "/\(command.usage)" : words).prefix(TelegramLimits.commandDescriptionLengthMax))
    }
}
