import NightjarEngine
import Testing

/// In `/run agent NAME …` the text after the name is raw, one outer pair of quotes removed.
@Suite struct RunInputTests {
    @Test(
        arguments: [
            ("hello", "hello"),
            ("  two   spaces ", "two   spaces"),
            ("line 1\n\n  line 2", "line 1\n\n  line 2"),
            (#""Review this PR""#, "Review this PR"),
            ("'Review this PR'", "Review this PR"),
            ("“Review this PR”", "Review this PR"),
            ("„Review this PR“", "Review this PR"),
            ("«\u{A0}Review this PR\u{A0}»", "Review this PR"),
            ("'don't stop'", "don't stop"),
            (#"" padded ""#, " padded "),
            // Not a pair around all of it
            (#""a" and "b""#, #""a" and "b""#),
            (#"say "hi""#, #"say "hi""#),
            (#""a" b"#, #""a" b"#),
            // Only one pair
            (#"''a''"#, "''a''"),
            (#""'a'""#, "'a'"),
            // Everything else stays as typed: nothing is a parse error here
            (#""unterminated"#, #""unterminated"#),
            ("it's", "it's"),
            (#""a\""#, #""a\""#),
            (#"say \"hi\""#, #"say \"hi\""#),
            (#""say \"hi\"""#, #"say \"hi\""#),
            ("--env=prod --force", "--env=prod --force"),
            ("```\ncode\n```", "```\ncode\n```"),
            ("/run agent x y", "/run agent x y"),
        ] as [(String, String)])
    func inputIsRaw(typed: String, input: String) {
        let parsed = CommandParser(prefixes: ["/"]).parse("/run agent helper \(typed)")
        guard case .command(let command) = parsed else {
            Issue.record("\(parsed)")
            return
        }
        #expect(command.rest == input)
        #expect(command.arguments == ["helper"])
        #expect(command.flags.isEmpty)
        #expect(command.target == .agent)
    }

    @Test func flagsStandBeforeTheName() {
        let parsed = CommandParser(prefixes: ["/"]).parse(#"/run agent --priority=high "my helper" go --fast"#)
        guard case .command(let command) = parsed else {
            Issue.record("\(parsed)")
            return
        }
        #expect(command.flags == ["priority": "high"])
        #expect(command.arguments == ["my helper"])
        #expect(command.rest == "go --fast")
    }
}
