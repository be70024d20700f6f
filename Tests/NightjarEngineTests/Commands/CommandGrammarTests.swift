import NightjarEngine
import Testing

/// `PREFIX verb target args… --key=value --flag`
@Suite struct CommandGrammarTests {
    private static let slash = CommandPrefix("/")

    private func parse(_ text: String) throws -> Command {
        let parser = CommandParser(
            prefixes: ["/"],
            commands: [
                CommandDefinition(name: "deploy", aliases: ["ship", "Release"], run: { _ in .none }),
                CommandDefinition(name: "ship", run: { _ in .none }),
                CommandDefinition(name: "run", aliases: ["status"], run: { _ in .none }),
            ])
        guard case .command(let command) = parser.parse(text) else {
            Issue.record("no command: \(parser.parse(text))")
            throw ReplyError(level: .parse, code: "test", message: text)
        }
        return command
    }

    @Test(
        "Verbs, their synonyms, in any case",
        arguments: [
            (.run, ["run", "execute", "start", "RUN", "Execute"], " agent a b"),
            (.status, ["status", "check", "Status"], " task abcd"),
            (.list, ["list", "ls", "show", "LS"], " tasks"),
            (.cancel, ["cancel", "stop", "abort", "STOP"], " task abcd"),
            (.retry, ["retry", "Retry"], " task abcd"),
            (.result, ["result", "RESULT"], " task abcd"),
            (.help, ["help", "h", "H"], ""),
        ] as [(BuiltInVerb, [String], String)])
    func verbs(verb: BuiltInVerb, names: [String], arguments: String) throws {
        for name in names { #expect(try parse("/" + name + arguments).verb == .builtIn(verb)) }
    }

    @Test(
        "Targets, their abbreviations and plurals, in any case",
        arguments: [
            (.agent, ["agent", "ag", "agents", "AGENTS", "Ag"]), (.task, ["task", "t", "tasks", "T", "Tasks"]),
            (.trigger, ["trigger", "tr", "triggers", "TR"]),
        ] as [(CommandTarget, [String])])
    func targets(target: CommandTarget, names: [String]) throws {
        for name in names { #expect(try parse("/list " + name).target == target) }
    }

    @Test("/status, /cancel, /result and /retry name a task by its id", arguments: ["status", "cancel", "result", "retry"])
    func taskIDs(verb: String) throws {
        for text in ["task 0a1b2c3d", "t 0a1b2c3d", "0a1b2c3d", "task 0A1B2C3D", "task `0a1b2c3d`", "--all tasks \"0a1b2c3d\""] {
            let command = try parse("/\(verb) \(text)")
            #expect(command.target == .task)
            #expect(command.arguments == ["0a1b2c3d"])
        }
    }

    @Test func flags() throws {
        let command = try parse(#"/deploy api --env=prod --force "--quoted" --note="two words" —dry --empty= --env=last -- --not=flag"#)
        #expect(command.verb == .script("deploy"))
        #expect(command.arguments == ["api", "--quoted", "--not=flag"])
        #expect(command.flags == ["env": "last", "force": "true", "note": "two words", "dry": "true", "empty": ""])
    }

    @Test("Signs that begin no flag name are arguments", arguments: ["---", "--5", "-x", "--=a", "—", "-"])
    func noFlags(word: String) throws {
        let command = try parse("/deploy \(word)")
        #expect(command.arguments == [word])
        #expect(command.flags.isEmpty)
    }

    @Test func aScriptsCommandHasItsArgumentsAndItsRawText() throws {
        let command = try parse("/DEPLOY  “web shop”  don't --env=prod ")
        #expect(command.verb == .script("deploy"))
        #expect(command.arguments == ["web shop", "don't"])
        #expect(command.rest == "“web shop”  don't --env=prod")
        #expect(command.target == nil)
    }

    @Test func aliasesNameTheirCommandAndNamesWinOverAliases() throws {
        #expect(try parse("/release").verb == .script("deploy"))
        #expect(try parse("/ship").verb == .script("ship"))
    }

    @Test func builtInCommandsWinAndTheirNamesAreReserved() throws {
        #expect(try parse("/run agent a b").verb == .builtIn(.run))
        #expect(try parse("/status abcd").verb == .builtIn(.status))
        let expected: Set = [
            "run", "execute", "start", "status", "check", "list", "ls", "show", "cancel", "stop", "abort", "retry", "result", "help", "h",
        ]
        #expect(BuiltInVerb.reservedNames == expected)
    }

    @Test func helpTakesATopic() throws {
        #expect(try parse("/help").arguments.isEmpty)
        #expect(try parse("/h Deploy").arguments == ["Deploy"])
    }

    @Test func listKeepsWhatFollows() throws {
        let command = try parse("/list tasks mine --state=failed")
        #expect(command.arguments == ["mine"])
        #expect(command.flags == ["state": "failed"])
    }

    @Test func aTriggerIsRunByName() throws {
        let command = try parse("/run trigger check-alerts")
        #expect(command.target == .trigger)
        #expect(command.arguments == ["check-alerts"])
    }
}
