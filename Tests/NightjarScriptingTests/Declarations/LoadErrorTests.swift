import LuaRuntime
import Testing

@testable import NightjarScripting

/// What a person is told of a project that is wrong: everything at once, each with its place.
struct LoadErrorTests {
    private func problems(_ files: [String: String]) async -> [String] {
        await Bot.load(files).problems.map(\.summary)
    }

    private func problems(_ script: String) async -> [String] { await problems(["bot.lua": script]) }

    @Test func fourMistakesInFourFilesAreAllReported() async {
        let found = await problems([
            "agents/a.lua": "agent \"a\" {\n  modle = \"m\",\n  model = \"m\",\n}",
            "agents/b.lua": "agent \"b\" { model = \"n\" }",
            "agents/c.lua": "agent \"a\" { model = \"m\" }",
            "nightjar.lua": "model \"m\" { provider = \"echo\" }\nlocal x = = 1",
        ])
        #expect(found.count == 4)
        #expect(found.contains("agents/a.lua:2: agent \"a\": unknown key 'modle' (did you mean 'model'?)"))
        #expect(found.contains { $0.hasPrefix("agents/b.lua:1: agent \"b\": there is no model 'n'") })
        #expect(found.contains("agents/c.lua:1: agent \"a\": is declared twice; the first is at agents/a.lua:1"))
        #expect(found.contains { $0.hasPrefix("nightjar.lua:2: syntax error: ") })
    }

    @Test func whatAFailedFileWouldHaveDeclaredIsNotMissing() async {
        let found = await problems([
            "a.lua": "model \"m\" { provider = \"echo\" }\nerror(\"stop\")", "b.lua": "agent \"x\" { model = \"m\" }",
            "c.lua": "error(\"before\")\nmodel \"late\" { provider = \"echo\" }", "d.lua": "agent \"y\" { model = \"late\" }",
        ])
        #expect(found == ["a.lua:2: stop", "c.lua:1: before"])
    }

    @Test func usersNameTheirPlatform() async {
        let found = await problems(
            """
            settings {
              admins = { "webhook:boss", "ann", "*" },
            }
            command("deploy", {
              allow = { users = { "slack:U1*", ":ann", "b*" }, channels = { "#ops", "ops" } },
              run = function() end,
            })
            """)
        let advice = "write it as platform:user, like \"webhook:ann\""
        #expect(
            found == [
                "bot.lua:2: settings: 'admins[2]' cannot be \"ann\": \(advice)",
                "bot.lua:5: command \"deploy\": 'allow.users[2]' cannot be \":ann\": \(advice)",
                "bot.lua:5: command \"deploy\": 'allow.users[3]' cannot be \"b*\": \(advice)",
            ])
    }

    @Test func anExcerptShowsTheLine() async {
        let problem = await Bot.load(["bot.lua": "agent \"a\" {\n  nonsense = 1,\n}"]).problems.last
        #expect(problem?.description.contains("> 2 |   nonsense = 1,") == true)
    }

    @Test(
        arguments: [
            ("agent \"a\"", "bot.lua:1: agent \"a\": has no table; write agent \"name\" { … }"),
            ("agent { model = \"m\" }", "bot.lua:1: agent: the name must be text; write agent \"name\" { … }"),
            ("settings(1)", "bot.lua:1: settings: takes one table; write settings { … }"),
            ("settings {}\nsettings {}", "bot.lua:2: settings: is declared twice; the first is at bot.lua:1"),
            ("every(\"5m\", \"x\", function() end, 1)", "bot.lua:1: every \"x\": takes 3 arguments, not 4"),
            ("every(\"5m\", function() end)", "bot.lua:1: every: has no name; write every(\"5m\", \"name\", function(ctx) … end)"),
            ("after(90, print)", "bot.lua:1: after: has no name; write after(90, \"name\", function(ctx) … end)"),
            ("local t = {} for i = 1, 1e9 do t[i] = (\"x\"):rep(1 << 20) .. i end", "bot.lua:1: needs more than the 64 MiB of memory"),
            ("settings { default_agent = \"nobody\" }", "bot.lua:1: settings: there is no agent 'nobody'"),
            ("print(undefined_thing)", "undefined_thing"),
            ("http.get(\"http://127.0.0.1\")", "'http.get' has to wait, which is impossible while a script is being loaded"),
            ("state.x = 1", "load"),
            ("cron(\"* * * * *\", {}, print)", "'cron' is not there yet"), ("policy \"p\" {}", "'policy' is not there yet"),
            ("model \"n\" { provider = \"openai\" }", "model \"n\": 'name' is missing"),
            ("platform \"slack\" {}", "'bot_token' is missing"),
            ("require(\"../etc\")", "is not a module name"),
            ("require(\"lib.nothing\")", "lib.nothing"),
            ("secret \"MISSING\"", "MISSING"),
        ])
    func oneMistakeIsOneClearError(script: String, expected: String) async {
        let found = await problems(script)
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(expected) == true, "\(found)")
    }

    @Test func aRequiredFileThatIsBrokenIsReportedAtItsOwnLine() async {
        let bot = "local bad = require(\"lib.bad\")"
        let broken = await Bot.load(["bot.lua": bot, "lib/bad.lua": "local x = 1\nlocal y = = 2"])
        #expect(broken.problems.map(\.summary) == ["lib/bad.lua:2: syntax error: unexpected symbol near '='"])
        #expect(broken.problems.first?.description.contains("> 2 | local y = = 2") == true)
        #expect(await problems(["bot.lua": bot, "other.lua": bot, "lib/bad.lua": "x"]).count == 1)
        #expect(await problems(["bot.lua": bot, "lib/bad.lua": "\nerror(\"kaput\")"]) == ["lib/bad.lua:2: kaput"])
        let missing = "bot.lua:2: module 'lib.none' not found: there is no lib/none.lua and no lib/none/init.lua"
        #expect(await problems(["bot.lua": "\nrequire(\"lib.none\")"]) == [missing])
    }

    /// Five seconds of a processor are too long for a test, so the text alone is looked at.
    @Test func limitsSayWhatTheyAreAndWhatToDo() {
        #expect(ScriptLoader.overLimit(LuaError(kind: .timeout, message: ""))?.hasPrefix("still loading after 5s of CPU time: ") == true)
        #expect(ScriptLoader.overLimit(LuaError(kind: .stackOverflow, message: ""))?.hasPrefix("stack overflow: ") == true)
        #expect(ScriptLoader.overLimit(LuaError(kind: .runtime, message: "")) == nil)
    }

    @Test func aTriggersNameIsUniqueWhateverItsSchedule() async {
        let found = await problems("every(1, \"x\", print)\nafter(1, \"x\", print)")
        #expect(found == ["bot.lua:2: after \"x\": is declared twice; the first is at bot.lua:1"])
    }

    @Test func aliasesMustNotHideCommands() async {
        let found = await problems(
            """
            command("one", { run = function() end })
            command("two", { aliases = { "one", "run" }, run = function() end })
            """)
        #expect(found.count == 2)
        #expect(found.contains { $0.contains("the alias 'one' belongs to command \"one\" at bot.lua:1") })
        #expect(found.contains { $0.contains("is a built-in command") })
    }

    @Test func aToolPatternThatMatchesNothingIsAMistake() async {
        let found = await problems(
            """
            model "m" { provider = "echo" }
            tool "pods" { description = "d", run = function() end }
            agent "a" { model = "m", tools = { "po*", "pots", "x*" } }
            """)
        #expect(
            found == [
                "bot.lua:3: agent \"a\": there is no tool 'pots' (did you mean 'pods'?)", "bot.lua:3: agent \"a\": there is no tool 'x*'",
            ])
    }

    @Test(arguments: [
        ("platform \"telegram\" { bot_token = \"bot\" .. secret \"S\" }", ScriptProblem.Severity.warning),
        ("local s = secret \"S\" platform \"telegram\" { bot_token = s } model \"m\" { provider = \"openai\", name = \"x\", api_key = s }", .error),
        ("model \"m\" { provider = \"openai\", name = \"x\", headers = { key = secret \"S\" } }", .error),
        ("local unused = secret \"S\"", .error), ("settings { api_token = secret \"S\" }", .warning),
    ])
    func inATerminalOnlyPlatformsCanMissTheirSecrets(script: String, severity: ScriptProblem.Severity) async {
        let loaded = await Bot.load(["bot.lua": script], mode: .requiredInTerminal)
        #expect(loaded.problems.map(\.severity) == [severity], "\(loaded.problems)")
        #expect((loaded.definitions == nil) == (severity == .error))
    }

    @Test func allMissingSecretsAreNamedWithTheirPlaces() async {
        let loaded = await Bot.load(
            [
                "nightjar.lua": "settings { api_token = secret \"A\" }\nplatform \"telegram\" { bot_token = secret \"B\" }",
                "tools/t.lua": "\n\nlocal key = secret \"C\"",
            ], mode: .required)
        #expect(loaded.definitions == nil)
        #expect(loaded.problems.allSatisfy { $0.severity == .error })
        let places = [("nightjar.lua:1", "A"), ("nightjar.lua:2", "B"), ("tools/t.lua:3", "C")]
        #expect(loaded.problems.count == places.count, "\(loaded.problems)")
        for (problem, (place, name)) in zip(loaded.problems, places) {
            #expect(problem.summary.hasPrefix("\(place): the secret \"\(name)\" is not set"), "\(problem.summary)")
        }
    }

    @Test(arguments: [
        ("anthropic", "", true), ("openai", "", true), ("openai", ", base_url = \"http://localhost:11434/v1\"", false),
        ("anthropic", ", api_key = secret \"S\"", false), ("openai", ", headers = { authorization = secret \"S\" }", false),
    ])
    func aModelWithoutAKeyIsWarnedOf(provider: String, more: String, isWarned: Bool) async {
        let loaded = await Bot.load(
            ["bot.lua": "\nmodel \"m\" { provider = \"\(provider)\", name = \"x\"\(more) }"], mode: .placeholder)
        #expect(loaded.definitions != nil)
        let warnings = loaded.problems.map(\.summary).filter { $0.contains("api_key") }
        #expect(warnings.isEmpty == !isWarned, "\(warnings)")
        if isWarned { #expect(warnings.first?.hasPrefix("bot.lua:2: warning: model \"m\": has no key") == true, "\(warnings)") }
    }

    @Test func aHandlerIsToldOfAMissingSecretInATerminal() async throws {
        let bench = try await ScriptBench(mode: .requiredInTerminal)
        #expect(try await bench.failure("secret \"S\"").message.contains("the secret \"S\" is not set"))
    }

    @Test func aMissingSecretIsAWarningWhereOnlyTheFormMatters() async {
        let loaded = await Bot.load(["bot.lua": "local token = secret \"TOKEN\""], mode: .placeholder)
        #expect(loaded.definitions != nil)
        #expect(loaded.problems.map(\.severity) == [.warning])
        #expect(loaded.problems.first?.summary.hasPrefix("bot.lua:1: warning: the secret \"TOKEN\" is not set") == true)
    }
}
