import LuaRuntime
import Testing

@testable import NightjarScripting

@Suite struct SourceIndexTests {
    private func line(_ path: FieldPath, _ kind: String, _ name: String?, at statement: Int, in source: String) -> Int {
        SourceIndex(LuaSource(name: "a.lua", text: source)).line(of: path, inside: kind, named: name, statement: statement)
    }

    private func path(_ keys: String...) -> FieldPath { FieldPath(keys.map { .key($0) }) }

    @Test func keysAreFoundAtTheirDepth() {
        let source = """
            tool "pods" {
              description = "parameters = { namespace = 1 }",
              -- parameters = { namespace = 2 }
              run = function(args, ctx)
                local parameters = { namespace = { type = "no" } }
                if args.x then return { type = 1 } end
                for _ = 1, 2 do while true do repeat break until true end end
                return { parameters = parameters }
              end,
              ["parameters"] = {
                other = { type = "string" },
                namespace = {
                  description = [[ type = ]],
                  type = "sting",
                },
              },
            }
            """
        #expect(line(path("parameters", "namespace", "type"), "tool", "pods", at: 1, in: source) == 14)
        #expect(line(path("parameters", "other", "type"), "tool", "pods", at: 1, in: source) == 11)
        #expect(line(path("parameters"), "tool", "pods", at: 1, in: source) == 10)
        #expect(line(path("run"), "tool", "pods", at: 1, in: source) == 4)
    }

    @Test func theDeepestLineIsGivenForWhatIsNotThere() {
        let source = "agent 'a' {\n  model = 'm',\n  memory = {\n    turns = 1,\n  },\n}"
        #expect(line(path("memory", "missing"), "agent", "a", at: 1, in: source) == 3)
        #expect(line(path("missing"), "agent", "a", at: 1, in: source) == 1)
        #expect(line(path("model", "deeper"), "agent", "a", at: 1, in: source) == 2)
        #expect(line(FieldPath(), "agent", "a", at: 1, in: source) == 1)
    }

    @Test func itemsOfListsAreFound() {
        let source = "agent('a', {\n  tools = {\n    'x', 'y',\n    f(1, { 2, 3 }),\n    [7] = 'z';\n    function() return 1, 2 end,\n    'w' } })"
        #expect(line(FieldPath([.key("tools"), .item(2)]), "agent", "a", at: 1, in: source) == 3)
        #expect(line(FieldPath([.key("tools"), .item(3)]), "agent", "a", at: 1, in: source) == 4)
        #expect(line(FieldPath([.key("tools"), .item(7)]), "agent", "a", at: 1, in: source) == 5)
        #expect(line(FieldPath([.key("tools"), .item(5)]), "agent", "a", at: 1, in: source) == 7)
    }

    @Test func severalOnOneLineAreToldApartByKindAndName() {
        let source = "agent 'a' { model = 1 } agent 'b' {\nmodel = 2 } tool 'b' {\nmodel = 3 }"
        #expect(line(path("model"), "agent", "a", at: 1, in: source) == 1)
        #expect(line(path("model"), "agent", "b", at: 1, in: source) == 2)
        #expect(line(path("model"), "tool", "b", at: 2, in: source) == 3)
    }

    @Test func triggersAreToldApartByTheNameInTheirTable() {
        let source = """
            every("1h", { name = "a",
              jitter = 1 }, function() end) every("1h", { name = "b",
              jitter = 2 }, function() end)
            """
        #expect(line(path("jitter"), "every", "a", at: 1, in: source) == 2)
        #expect(line(path("jitter"), "every", "b", at: 2, in: source) == 3)
    }

    @Test func aNameThatIsComputedIsTakenWhenNoOtherFits() {
        let source = "for _, n in ipairs { 'a', 'b' } do agent(n, {\n  model = 1 }) agent 'c' {\n  model = 2 } end"
        #expect(line(path("model"), "agent", "b", at: 1, in: source) == 2)
        #expect(line(path("model"), "agent", "c", at: 2, in: source) == 3)
    }

    @Test func aCallWhoseTableIsOnALaterLineIsFound() {
        let source = "agent\n  'a'\n  {\n    model = 1,\n  }"
        for statement in 1...3 { #expect(line(path("model"), "agent", "a", at: statement, in: source) == 4) }
    }

    @Test func whatLooksLikeADeclarationIsNotOne() {
        let source = """
            -- agent "a" { model = 1 }
            local s = "agent 'a' { model = 2 }" .. x.agent { model = 3 } .. x:agent { model = 4 }
            local function agent(x) end
            """
        for statement in 1...3 { #expect(line(path("model"), "agent", "a", at: statement, in: source) == statement) }
    }

    @Test func aTableThatIsNotWrittenInTheCallLeavesTheStatementsLine() {
        #expect(line(path("model"), "agent", "a", at: 3, in: "local t = {\n  model = 1 }\nagent('a', t)") == 3)
        #expect(line(path("model"), "agent", "a", at: 9, in: "agent 'a' { model = 1 }") == 9)
    }

    @Test func ofAKeyThatIsThereTwiceTheLastCounts() {
        #expect(line(path("model"), "agent", "a", at: 1, in: "agent 'a' {\n model = 1,\n model = 2 }") == 3)
    }

    @Test func anExcerptShowsTheLinesAround() {
        let index = SourceIndex(LuaSource(name: "a.lua", text: (1...11).map { "\tline \($0)" }.joined(separator: "\n") + "\n"))
        #expect(index.excerpt(around: 9) == "   8 |     line 8\n>  9 |     line 9\n  10 |     line 10")
        #expect(index.excerpt(around: 1) == "> 1 |     line 1\n  2 |     line 2")
        #expect(index.excerpt(around: 11) == "  10 |     line 10\n> 11 |     line 11")
        #expect(index.excerpt(around: 0) == nil)
        #expect(index.excerpt(around: 13) == nil)
    }

    @Test func anExcerptCannotDisturbATerminal() throws {
        let text = "\u{1B}[31m red \u{202E} " + String(repeating: "x", count: 500)
        let excerpt = try #require(SourceIndex(LuaSource(name: "a.lua", text: text)).excerpt(around: 1))
        #expect(!excerpt.contains("\u{1B}") && !excerpt.contains("\u{202E}"))
        #expect(excerpt.count < 140 && excerpt.hasSuffix("…"))
    }
}
