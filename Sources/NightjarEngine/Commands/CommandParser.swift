/// Tells commands from plain messages and reads the commands: a pure function of the text and the names it is given.
///
/// Make one for each (platform, generation of the scripts). Reading takes time in proportion to the text.
public struct CommandParser: Sendable {
    /// Longest first, so that the longest one that fits wins.
    private let prefixes: [CommandPrefix]
    /// A script's command by its name and aliases, in lower case.
    private let scriptCommands: [String: String]

    /// - Parameters:
    ///   - prefixes: the platform's and the configured ones; spaces around them and empty ones count for nothing.
    ///   - commands: the scripts' own. A built-in command hides one of the same name, so refuse
    ///     ``BuiltInVerb/reservedNames`` when scripts are loaded. A name wins over another command's alias.
    public init(prefixes: [String], commands: some Sequence<CommandDefinition> = []) {
        self.prefixes = Set(prefixes.compactMap(CommandPrefix.init)).sorted {
            ($1.text.utf8.count, $0.text) < ($0.text.utf8.count, $1.text)
        }
        let sorted = commands.sorted { $0.name < $1.name }
        var names: [String: String] = [:]
        for command in sorted.reversed() {
            for alias in command.aliases { names[alias.lowercased()] = command.name }
        }
        for command in sorted { names[command.name.lowercased()] = command.name }
        scriptCommands = names
    }

    public func parse(_ text: String) -> ParsedInput {
        let body = Self.removingMention(text)
        for prefix in prefixes {
            guard let start = prefix.end(in: body) else { continue }
            do {
                return .command(try command(in: body[start...], prefix: prefix))
            } catch {
                return .failure(error)
            }
        }
        return .plain(String(body))
    }

    private func command(in text: Substring, prefix: CommandPrefix) throws(ReplyError) -> Command {
        var reader = CommandReader(text, prefix: prefix)
        guard let word = try reader.nextWord() else { throw .missingCommand(prefix: prefix) }
        // Telegram appends the bot's name in groups: `/run@nightjar_bot`.
        let name = word.text.prefix { $0 != "@" }.lowercased()
        if let verb = BuiltInVerb(named: name) { return try reader.builtIn(verb) }
        if let script = scriptCommands[name] { return try reader.scriptCommand(script) }
        let known = BuiltInVerb.allCases.map(\.rawValue) + scriptCommands.keys
        throw .unknownCommand(name, known: known, prefix: prefix)
    }

    /// The text without the mention that addresses the bot (Slack's `<@U123>`, `<@U123|name>`) and without what cannot be
    /// seen around it: keyboards for right-to-left scripts put direction marks before a slash.
    private static func removingMention(_ text: String) -> Substring {
        let isInvisible: (Unicode.Scalar) -> Bool = {
            $0.isWordSeparator || $0 == "\u{200E}" || $0 == "\u{200F}" || $0 == "\u{2060}" || $0 == "\u{FEFF}"
        }
        let body = text[...].trimmed(while: isInvisible)
        guard body.hasPrefix("<@"), let end = body.prefix(mentionLengthMax).firstIndex(of: ">"),
            !body[..<end].contains(where: \.isWhitespace)
        else { return body }
        return body[body.index(after: end)...].trimmed(while: isInvisible)
    }

    /// A mention is an id and perhaps a name; what is longer is text.
    private static let mentionLengthMax = 128
}
