import Testing

@testable import NightjarScripting

/// The words of each kind of problem.
@Suite struct ErrorTextTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let declaration: Declaration
        let lua: String
        let messages: [String]
        var testDescription: String { lua }

        init(_ declaration: Declaration, _ lua: String, _ messages: String...) {
            self.declaration = declaration
            self.lua = lua
            self.messages = messages
        }
    }

    static let cases: [Case] = [
        Case(.agent, #"{ modle = "claude", model = "c" }"#, #"unknown key 'modle' (did you mean 'model'?)"#),
        Case(
            .agent, #"{ model = "c", zzzzzz = 1 }"#,
            "unknown key 'zzzzzz' (it takes 'description', 'model', 'instructions', 'tools', 'max_iterations', 'timeout', 'temperature' or 'memory')"),
        Case(.terminalPlatform, "{ colour = true }", "unknown key 'colour' (it takes no keys)"),
        Case(.agent, #"{ model = "c", memory = { turs = 3 } }"#, "unknown key 'turs' in 'memory' (did you mean 'turns'?)"),
        Case(.agent, "{}", "'model' is missing; it must be a string"),
        Case(.agent, #"{ model = " " }"#, "'model' must not be empty"),
        Case(.agent, #"{ model = "c", timeout = true }"#, #"'timeout' must be a duration such as "30s", not a boolean"#),
        Case(
            .agent, #"{ model = "c", timeout = "5 parsecs" }"#,
            "'timeout' is not a duration: '5 parsecs': unknown unit 'parsecs' (use d, h, m, s or ms)"),
        Case(.agent, #"{ model = "c", timeout = 0 }"#, "'timeout' must be longer than zero"),
        Case(.agent, #"{ model = "c", timeout = -1 }"#, "'timeout' is not a duration: -1.0: a duration cannot be negative"),
        Case(.agent, #"{ model = "c", max_iterations = 0 }"#, "'max_iterations' must be a whole number from 1 to 1000, not 0"),
        Case(.agent, #"{ model = "c", max_iterations = 2.5 }"#, "'max_iterations' must be a whole number from 1 to 1000, not 2.5"),
        Case(.agent, #"{ model = "c", max_iterations = "ten" }"#, #"'max_iterations' must be a whole number from 1 to 1000, not "ten""#),
        Case(.agent, #"{ model = "c", temperature = 3 }"#, "'temperature' must be a number from 0 to 2, not 3"),
        Case(.agent, #"{ model = "c", temperature = 0/0 }"#, "'temperature' must be a number from 0 to 2, not a number that is not finite"),
        Case(.agent, #"{ model = "c", instructions = 5 }"#, "'instructions' must be a string or a function(ctx), not 5"),
        Case(.agent, #"{ model = "c", tools = "pods" }"#, #"'tools' must be a list of strings, not "pods""#),
        Case(.agent, #"{ model = "c", tools = { "a", 7 } }"#, "'tools[2]' must be a string, not 7"),
        Case(.agent, #"{ model = "c", tools = { "a", x = "b" } }"#, #"'tools' must be a list of strings, but it has the key ["x"]"#),
        Case(.agent, #"{ model = "c", tools = { "mcp:git/*" } }"#, #"'tools[1]' cannot be "mcp:git/*": tools of MCP servers are not there yet"#),
        Case(.agent, #"{ model = "c", memory = 20 }"#, "'memory' must be a table, not 20"),
        Case(.agent, #"{ "claude", model = "c" }"#, "item 1 has no key; write key = value"),
        Case(.agent, #"{ model = "c", [1.5] = 2 }"#, "unknown key [1.5]; keys are names"),
        Case(.agent, #"{ model = "\xff" }"#, "'model' must be a string, not text that is not UTF-8"),
        Case(
            .agent, #"{ model = "c", ["a\nb"] = 2 }"#,
            #"unknown key 'a\u{a}b' (it takes 'description', 'model', 'instructions', 'tools', 'max_iterations', 'timeout', 'temperature' or 'memory')"#
        ),
        Case(
            .every, #"{ name = "n", overlap = "bufer_one" }"#,
            #"'overlap' must be one of "skip", "buffer_one", "buffer_all", "cancel_other" or "allow_all", not "bufer_one" (did you mean "buffer_one"?)"#
        ),
        Case(
            .every, #"{ name = "n", misfire = { coalesce = "latst" } }"#,
            #"'misfire.coalesce' must be one of "latest", "earliest" or "all", not "latst" (did you mean "latest"?)"#),
        Case(.every, #"{ name = "n", max_runs = 0 }"#, "'max_runs' must be a whole number of at least 1, not 0"),
        Case(.every, #"{ name = secret "S" }"#, "'name' must be a string, not a secret"),
        Case(.webhookPlatform, #"{ path = "in" }"#, #"'path' must be a path such as "/in", not "in""#),
        Case(.webhookPlatform, "{ secret = 12345 }", #"'secret' must be a secret such as secret "NAME", not a number"#),
        Case(.webhookPlatform, #"{ token = "" }"#, "'token' must not be empty"),
        Case(
            .openAIModel, #"{ provider = "openai", name = "m", base_url = "localhost:1" }"#,
            #"'base_url' must be an address such as "http://127.0.0.1:8080", not "localhost:1""#),
        Case(
            .openAIModel, #"{ provider = "openai", name = "m", headers = { ["x-key"] = true } }"#,
            #"'headers["x-key"]' must be a secret such as secret "NAME", not a boolean"#),
        Case(.openAIModel, #"{ provider = "openai", name = "m", headers = { "a" } }"#, "'headers' must have a key for each value; write key = value"),
        Case(.settings, #"{ retention = { messages = "1h" } }"#, #"'retention.messages' must be at least "1d""#),
        Case(.settings, "{ auto_ack = 1 }", "'auto_ack' must be true or false, not 1"),
        Case(
            .tool, #"{ description = "d", run = print, parameters = { ns = { type = "sting" } } }"#,
            #"'parameters.ns.type' must be one of "string", "number", "integer", "boolean", "array" or "object", not "sting" (did you mean "string"?)"#
        ),
        Case(.tool, #"{ description = "d", run = print, parameters = { ns = "string" } }"#, #"'parameters.ns' must be a table, not "string""#),
        Case(
            .tool, #"{ description = "d", run = print, parameters = { ns = { type = "array", items = {} } } }"#,
            #"'parameters.ns.items.type' is missing; it must be one of "string", "number", "integer", "boolean", "array" or "object""#),
        Case(
            .tool, #"{ description = "d", run = print, parameters = { ns = { type = "string", default = print } } }"#,
            "'parameters.ns.default': a function is no data and cannot be written; give plain data (text, numbers, true or false, tables of them)"),
        Case(
            .tool, #"{ description = "d", run = print, parameters = { ns = { type = "object", default = { 1, a = 2 } } } }"#,
            "'parameters.ns.default': a list cannot have the entry .a too; JSON has lists from 1 to n, and objects with named fields; give plain data (text, numbers, true or false, tables of them)"
        ),
        Case(.tool, #"{ description = "d", run = {} }"#, "'run' must be a function(args, ctx), not a table"),
        Case(.command, #"{ run = print, allow = { users = "slack:U1" } }"#, #"'allow.users' must be a list of strings, not "slack:U1""#),
        Case(
            .agent, #"{ timeout = "x", modle = "c" }"#,
            #"'timeout' is not a duration: 'x' is not a duration (write for example "1h30m", "250ms" or seconds)"#,
            "unknown key 'modle' (did you mean 'model'?)"),
    ]

    @Test(arguments: cases) func aProblemSaysWhatAndWhatToDo(_ example: Case) async throws {
        let messages = try await LuaSamples().messages(example.lua, as: example.declaration)
        #expect(messages == example.messages.map { "\(example.declaration.kind) \"x\": \($0)" })
    }

    @Test func whatHasNoNameIsCalledByItsKind() async throws {
        let messages = try await LuaSamples().messages("{ max_concurent = 3 }", as: .settings, name: nil)
        #expect(messages == ["settings: unknown key 'max_concurent' (did you mean 'max_concurrent'?)"])
    }

    @Test func noMoreProblemsAreToldThanAnyoneReads() async throws {
        let lua = "(function() local t = { model = 'c' } for i = 1, 200 do t['key' .. i] = i end return t end)()"
        let messages = try await LuaSamples().messages(lua, as: .agent)
        #expect(messages.count == SchemaLimits.problemsMax + 1)
        #expect(messages.contains(#"agent "x": and 150 more problems"#))
    }

    @Test func secretsAreNeverRepeated() async throws {
        let messages = try await LuaSamples().messages("{ secret = 987654321, token = { 'hunter2' } }", as: .webhookPlatform)
        #expect(messages.count == 2)
        #expect(!messages.joined().contains("987654321") && !messages.joined().contains("hunter2"))
    }
}
