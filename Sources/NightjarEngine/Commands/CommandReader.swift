/// Reads one command behind its prefix, word by word.
struct CommandReader {
    private var lexer: CommandLexer
    private let prefix: CommandPrefix
    private var arguments = CommandArguments()

    init(_ text: Substring, prefix: CommandPrefix) {
        self.lexer = CommandLexer(text)
        self.prefix = prefix
    }

    mutating func nextWord() throws(ReplyError) -> CommandWord? {
        do {
            return try lexer.next()
        } catch {
            throw .unterminated(error)
        }
    }

    mutating func scriptCommand(_ name: String) throws(ReplyError) -> Command {
        let rest = rawRemainder
        try readAll()
        return command(.script(name), rest: rest, arguments: arguments.positional)
    }

    mutating func builtIn(_ verb: BuiltInVerb) throws(ReplyError) -> Command {
        let rest = rawRemainder
        switch verb {
        case .run: return try run(rest: rest)
        case .status, .cancel, .retry, .result: return try aboutTask(verb, rest: rest)
        case .list:
            let target = try self.target(of: verb)
            try readAll()
            return command(.builtIn(verb), target: target, rest: rest, arguments: Array(arguments.positional.dropFirst()))
        case .help:
            try readAll()
            return command(.builtIn(verb), rest: rest, arguments: arguments.positional)
        }
    }

    /// Flags stand before the name; what is behind an agent's name is its input, and nobody else's to read.
    private mutating func run(rest: String) throws(ReplyError) -> Command {
        let target = try self.target(of: .run)
        let usage = prefix.typed(BuiltInVerb.run.usage(for: target))
        guard let name = try nextArgument() else { throw .missingArgument("the name", usage: usage) }
        guard target == .agent else {
            if let extra = try nextArgument() { throw .unexpectedArgument(extra, usage: usage) }
            return command(.builtIn(.run), target: target, rest: rest, arguments: [name])
        }
        let input = CommandLexer.removingOuterQuotes(lexer.remainder.trimmed(while: \.isWordSeparator))
        guard !input.allSatisfy(\.isWhitespace) else { throw .missingArgument("the input", usage: usage) }
        return command(.builtIn(.run), target: target, rest: String(input), arguments: [name])
    }

    /// `status task <id>`, and `status <id>` when the id is no target.
    private mutating func aboutTask(_ verb: BuiltInVerb, rest: String) throws(ReplyError) -> Command {
        let usage = prefix.typed(verb.usage())
        guard var word = try nextArgument() else { throw .missingArgument("the task's id", usage: usage) }
        if let target = CommandTarget(named: word) {
            guard verb.targets.contains(target) else { throw .unexpectedArgument(word, usage: usage) }
            guard let next = try nextArgument() else { throw .missingArgument("the task's id", usage: usage) }
            word = next
        }
        if let extra = try nextArgument() { throw .unexpectedArgument(extra, usage: usage) }
        // An id copied from an answer may bring its code marks along.
        let id = word.lowercased().filter { $0 != "`" }
        guard !id.isEmpty else { throw .missingArgument("the task's id", usage: usage) }
        return command(.builtIn(verb), target: .task, rest: rest, arguments: [id])
    }

    private mutating func target(of verb: BuiltInVerb) throws(ReplyError) -> CommandTarget {
        let choices = verb.targets.map(\.rawValue).joined(separator: " or ")
        guard let word = try nextArgument() else {
            throw .missingArgument(choices, usage: prefix.typed(verb.usage()))
        }
        guard let target = CommandTarget(named: word), verb.targets.contains(target) else {
            throw .unexpectedArgument(word, usage: prefix.typed(verb.usage()))
        }
        return target
    }

    private var rawRemainder: String {
        String(lexer.remainder.trimmed(while: \.isWordSeparator))
    }

    private mutating func nextArgument() throws(ReplyError) -> String? {
        while let word = try nextWord() {
            if let argument = arguments.take(word) { return argument }
        }
        return nil
    }

    private mutating func readAll() throws(ReplyError) {
        while try nextArgument() != nil {}
    }

    private func command(
        _ verb: Command.Verb, target: CommandTarget? = nil, rest: String, arguments: [String]
    ) -> Command {
        Command(
            verb: verb, target: target, arguments: arguments, flags: self.arguments.flags, rest: rest, prefix: prefix)
    }
}
