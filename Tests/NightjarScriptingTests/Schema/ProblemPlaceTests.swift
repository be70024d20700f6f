import LuaRuntime
import Testing

@testable import NightjarScripting

@Suite struct ProblemPlaceTests {
    @Test func problemsCarryTheUsersOwnLines() async throws {
        let source = """
            -- triage
            agent "triage" {
              modle = "claude",
              memory = {
                turns = -1,
              },
            }
            """
        let samples = try await LuaSamples()
        let table = try await samples.table(#"{ modle = "claude", memory = { turns = -1 } }"#)
        let site = DeclarationSite(
            index: SourceIndex(LuaSource(name: "agents/triage.lua", text: source)),
            location: LuaLocation(source: "agents/triage.lua", line: 2), kind: "agent", name: "triage")
        let problems = SchemaValidator.validate(table, as: .agent, at: site).problems
        #expect(
            problems.map(\.description) == [
                """
                agents/triage.lua:3: agent "triage": unknown key 'modle' (did you mean 'model'?)
                  2 | agent "triage" {
                > 3 |   modle = "claude",
                  4 |   memory = {
                """,
                """
                agents/triage.lua:5: agent "triage": 'memory.turns' must be a whole number from 0 to 10000, not -1
                  4 |   memory = {
                > 5 |     turns = -1,
                  6 |   },
                """,
            ])
    }

    @Test func keysOfATableGivenByPositionAreCalledByTheirOwnNames() async throws {
        let source = "every('1h', { name = 'digest',\n  overlp = 'skip',\n  misfire = {\n    grace = true } }, function() end)"
        let options = try #require(Declaration.every.arguments.first { $0.key == "options" })
        let value = try await LuaSamples().value("{ name = 'digest', overlp = 'skip', misfire = { grace = true } }")
        let site = DeclarationSite(
            index: SourceIndex(LuaSource(name: "a.lua", text: source)), location: LuaLocation(source: "a.lua", line: 1), kind: "every",
            name: "digest")
        #expect(
            SchemaValidator.validate(value, as: options, at: site).problems.map(\.summary) == [
                #"a.lua:2: every "digest": unknown key 'overlp' (did you mean 'overlap'?)"#,
                #"a.lua:4: every "digest": 'misfire.grace' must be a duration such as "30s", not a boolean"#,
            ])
    }

    /// The whole way: Lua gives the statement's line, the index finds the key's.
    @Test func luasOwnLineLeadsToTheKey() async throws {
        let source = "local x = 1\n\nagent\n'a'\n{\n  model = 'm',\n  tols = {},\n}"
        let recorder = Recorder()
        var configuration = LuaVM.Configuration()
        let curried = LuaObjectType(
            name: "pending",
            metamethods: [
                .synchronous("__call") {
                    recorder.add($0); return []
                }
            ])
        configuration.libraries = [
            LuaLibrary(
                functions: [
                    .synchronous("agent") {
                        recorder.add($0); return [.object(LuaObject(typeName: "pending", id: 1))]
                    }
                ],
                objectTypes: [curried])
        ]
        try await LuaVM(configuration).evaluate(source, name: "a.lua")
        let index = SourceIndex(LuaSource(name: "a.lua", text: source))
        let lines = recorder.lines
        #expect(lines.count == 2)
        for line in lines { #expect(index.line(of: .key("tols"), inside: "agent", named: "a", statement: line) == 7) }
    }
}
