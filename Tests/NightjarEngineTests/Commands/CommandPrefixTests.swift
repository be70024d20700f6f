import NightjarEngine
import Testing

@Suite struct CommandPrefixTests {
    @Test(
        "A prefix makes a command",
        arguments: [
            (["/"], "/run agent a b"),
            (["/"], "  \n/run agent a b"),
            (["/"], "/ run agent a b"),
            (["!nj"], "!nj run agent a b"),
            (["!nj"], "!NJ run agent a b"),
            (["!nj"], "!nj\nrun agent a b"),
            (["!nj", "!aof"], "!aof run agent a b"),
            (["!nj", "!aof "], "!aof run agent a b"),
            (["!"], "!run agent a b"),
            (["🤖"], "🤖run agent a b"),
            // The longest wins: behind "!", "nj" would be an unknown verb
            (["!", "!nj"], "!nj run agent a b"),
            (["!nj", "!"], "!run agent a b"),
            // Telegram
            (["/"], "/run@nightjar_bot agent a b"),
            (["/"], "/RUN@nightjar_bot agent a b"),
            // Slack
            (["/"], "<@U02ABCDEF> /run agent a b"),
            (["/"], " <@U02ABCDEF|nightjar> /run agent a b"),
            // Keyboards for right-to-left scripts, and byte order marks
            (["/"], "\u{200F}/run agent a b"),
            (["/"], "\u{FEFF}/run agent a b\u{FEFF}"),
        ] as [([String], String)])
    func commands(prefixes: [String], text: String) {
        let parsed = CommandParser(prefixes: prefixes).parse(text)
        guard case .command(let command) = parsed else {
            Issue.record("\(parsed)")
            return
        }
        #expect(command.verb == .builtIn(.run))
        #expect(command.arguments == ["a"])
        #expect(command.rest == "b")
    }

    @Test(
        "Text without a prefix is plain",
        arguments: [
            (["/"], "run agent a b", "run agent a b"),
            (["/"], " hello \n", "hello"),
            (["/"], "", ""),
            (["/"], "and/or", "and/or"),
            (["/"], "<@U02ABCDEF> run the tests", "run the tests"),
            (["/"], "<@U02ABCDEF>", ""),
            (["/"], "<@ U1> hi", "<@ U1> hi"),
            (["/"], "<@never closed", "<@never closed"),
            (["!nj"], "/run agent a b", "/run agent a b"),
            (["!nj"], "!njx run", "!njx run"),
            (["!nj"], "!n", "!n"),
            ([], "/run agent a b", "/run agent a b"),
            (["", "  "], "/run agent a b", "/run agent a b"),
        ] as [([String], String, String)])
    func plain(prefixes: [String], text: String, expected: String) {
        #expect(CommandParser(prefixes: prefixes).parse(text) == .plain(expected))
    }

    @Test("A prefix alone is a mistake that names help", arguments: [("/", "/help shows all commands."), ("!nj", "!nj help shows all commands.")])
    func alone(prefix: String, hint: String) {
        for text in [prefix, prefix + "  "] {
            guard case .failure(let error) = CommandParser(prefixes: [prefix]).parse(text) else {
                Issue.record("no failure")
                return
            }
            #expect(error.code == "missing_command" && error.level == .parse && error.hint == hint)
        }
    }
}
