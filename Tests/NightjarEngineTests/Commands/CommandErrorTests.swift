import NightjarEngine
import Testing

@Suite struct CommandErrorTests {
    private func failure(_ text: String, prefixes: [String] = ["/", "!nj"]) -> ReplyError? {
        let parser = CommandParser(
            prefixes: prefixes, commands: [CommandDefinition(name: "deploy", aliases: ["ship"], run: { _ in .none })])
        if case .failure(let error) = parser.parse(text) { return error }
        return nil
    }

    @Test(
        "An unknown command answers with the nearest names",
        arguments: [
            ("/rnu agent a b", "Did you mean /run?"), ("/statsu abcd", "Did you mean /status?"),
            ("/deplo api", "Did you mean /deploy?"), ("/shpi", "Did you mean /ship?"),
            ("!nj cancle task abcd", "Did you mean !nj cancel?"), ("/re", "Did you mean /result or /retry?"),
        ])
    func unknownCommand(text: String, question: String) throws {
        let error = try #require(failure(text))
        #expect(error.code == "unknown_command" && error.level == .parse)
        #expect(try #require(error.hint).hasPrefix(question + " "))
    }

    @Test func anUnknownCommandWithoutNeighboursNamesHelp() throws {
        let error = try #require(failure("/usr/bin/env is missing"))
        #expect(error.message == "Unknown command \"usr/bin/env\".")
        #expect(error.hint == "/help shows all commands.")
    }

    @Test(
        "A missing argument answers with the usage line",
        arguments: [
            ("/run", "Usage: /run agent <name> <input>"), ("/run agent", "Usage: /run agent <name> <input>"),
            ("/execute agent helper", "Usage: /run agent <name> <input>"), ("/run agent helper \"\"", "Usage: /run agent <name> <input>"),
            ("/run trigger", "Usage: /run trigger <name>"), ("!nj run agent", "Usage: !nj run agent <name> <input>"),
            ("/status", "Usage: /status task <id>"), ("/status task", "Usage: /status task <id>"),
            ("/check t", "Usage: /status task <id>"), ("/status task \"\"", "Usage: /status task <id>"),
            ("/cancel tasks", "Usage: /cancel task <id>"), ("/retry", "Usage: /retry task <id>"),
            ("/result --full", "Usage: /result task <id>"), ("/list", "Usage: /list tasks|agents|triggers"),
        ])
    func missingArgument(text: String, hint: String) throws {
        let error = try #require(failure(text))
        #expect(error.code == "missing_argument" && error.level == .validation)
        #expect(error.hint == hint)
    }

    @Test(
        "What does not belong there is named, with the usage line",
        arguments: [
            ("/run helper do it", "helper"), ("/run task abcd", "task"), ("/run trigger a b", "b"),
            ("/list everything", "everything"), ("/status agent helper", "agent"), ("/cancel task abcd efgh", "efgh"),
            ("/cancel abcd please", "please"),
        ])
    func unexpectedArgument(text: String, word: String) throws {
        let error = try #require(failure(text))
        #expect(error.code == "unexpected_argument" && error.level == .validation)
        #expect(error.message == "\"\(word)\" is not expected here.")
        #expect(try #require(error.hint).hasPrefix("Usage: /"))
    }

    @Test(
        "An unterminated quote is a parse error with its place in the message",
        arguments: [("/deploy \"api", "\"", 9), ("!nj deploy “api", "“", 12), ("/\"run", "\"", 2), ("<@U1> /status 'abcd", "'", 15)])
    func unterminatedQuote(text: String, mark: String, character: Int) throws {
        let error = try #require(failure(text))
        #expect(error.code == "unterminated_quote" && error.level == .parse)
        #expect(error.message == "The quote \(mark) at character \(character) is never closed.")
    }

    @Test func aHugeWordIsNotRepeatedInTheAnswer() throws {
        let error = try #require(failure("/" + String(repeating: "x", count: 1 << 20)))
        #expect(error.message.count < 100)
    }

    @Test func anUnknownAgentHasTheNearestNamesToo() {
        let error = ReplyError.unknown("agent", "code-analyser", known: ["code-analyzer", "triage"], help: "…")
        #expect(
            error
                == ReplyError(
                    level: .validation, code: "unknown_agent", message: "Unknown agent \"code-analyser\".",
                    hint: "Did you mean 'code-analyzer'?"))
        #expect(ReplyError.unknown("agent", "zzz", known: ["triage"], help: "/list agents").hint == "/list agents")
    }

    @Test func fewAgentsAreListed() {
        let known = (1...9).map { "agent\($0)" }
        #expect(ReplyError.unknownAgent("zzz", known: ["triage", "deploy"]).hint == "Agents here: deploy, triage.")
        #expect(ReplyError.unknownAgent("triag", known: ["triage", "deploy"]).hint == "Did you mean 'triage'?")
        #expect(ReplyError.unknownAgent("zzz", known: Array(known.dropLast())).hint?.hasPrefix("Agents here: agent1, ") == true)
        #expect(ReplyError.unknownAgent("zzz", known: known).hint == "/list agents shows them.")
        #expect(ReplyError.unknownAgent("zzz", known: []).hint == "There are no agents.")
    }
}
