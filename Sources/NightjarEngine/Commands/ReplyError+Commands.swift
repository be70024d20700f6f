extension ReplyError {
    /// Letters of a person's own words that an answer repeats: enough to recognise them.
    private static let quotedLengthMax = 60

    /// There is no such agent, task, trigger or command.
    /// - Parameters:
    ///   - kind: what was looked for, as people call it: `agent`. The code is `unknown_<kind>`.
    ///   - known: the names that exist and may be told to this person.
    ///   - help: said when no known name is near.
    public static func unknown(
        _ kind: String, _ name: String, known: some Sequence<String>, help: String? = nil, level: Level = .validation
    ) -> ReplyError {
        let near = NearestNames.question(NearestNames.find(name, in: known))
        return ReplyError(
            level: level, code: "unknown_\(kind)", message: "Unknown \(kind) \"\(quoted(name))\".",
            hint: near.map(capitalized) ?? help)
    }

    /// More agents than these are not listed where a name is not known: `/list agents` does.
    private static let listedAgentsMax = 8

    /// There is no such agent: the nearest names, or all when they are few.
    public static func unknownAgent(_ name: String, known: some Collection<String>) -> ReplyError {
        let help =
            switch known.count {
            case 0: "There are no agents."
            case 1...listedAgentsMax: "Agents here: \(known.sorted().joined(separator: ", "))."
            default: "/list agents shows them."
            }
        return unknown("agent", name, known: known, help: help)
    }

    static func unknownCommand(_ name: String, known: some Sequence<String>, prefix: CommandPrefix) -> ReplyError {
        let near = NearestNames.find(name, in: known).map(prefix.typed)
        let help = "\(prefix.typed("help")) shows all commands."
        return ReplyError(
            level: .parse, code: "unknown_command", message: "Unknown command \"\(quoted(name))\".",
            hint: NearestNames.question(near, mark: "").map { "\(capitalized($0)) \(help)" } ?? help)
    }

    /// Something is missing; the hint is the usage line.
    /// - Parameter usage: as it is typed, prefix included.
    public static func missingArgument(_ what: String, usage: String) -> ReplyError {
        ReplyError(
            level: .validation, code: "missing_argument", message: "Missing argument: \(what).", hint: "Usage: \(usage)")
    }

    static func unexpectedArgument(_ word: String, usage: String) -> ReplyError {
        ReplyError(
            level: .validation, code: "unexpected_argument", message: "\"\(quoted(word))\" is not expected here.",
            hint: "Usage: \(usage)")
    }

    static func missingCommand(prefix: CommandPrefix) -> ReplyError {
        ReplyError(
            level: .parse, code: "missing_command", message: "There is no command behind \(prefix.text).",
            hint: "\(prefix.typed("help")) shows all commands.")
    }

    static func unterminated(_ quote: UnterminatedQuote) -> ReplyError {
        ReplyError(
            level: .parse, code: "unterminated_quote",
            message: "The quote \(quote.mark) at character \(quote.character) is never closed.",
            hint: "Close it, or write \\\(quote.mark) for the mark itself.")
    }

    private static func quoted(_ words: String) -> String {
        TextPreview.line(words, lengthMax: quotedLengthMax)
    }

    private static func capitalized(_ sentence: String) -> String {
        sentence.prefix(1).uppercased() + sentence.dropFirst()
    }
}
