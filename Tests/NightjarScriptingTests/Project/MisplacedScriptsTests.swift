import Testing

@testable import NightjarScripting

struct MisplacedScriptsTests {
    private func misplaced(_ files: [String: String], entries: [String] = ["nightjar.lua"], required: Set<String> = [])
        -> [ScriptProblem]
    {
        MisplacedScripts(ProjectSources(root: "/", files: files, entries: entries)).problems(required: required)
    }

    @Test func whatIsLoadedOrRequiredIsInItsPlace() {
        let files = [
            "nightjar.lua": "require \"util.text\"", "util/text.lua": "local late = function() require(\"util.more\") end",
            "util/more.lua": "",
            "lib/kube.lua": "", "parts/one.lua": "",
        ]
        #expect(misplaced(files, required: ["parts/one.lua"]).isEmpty)
        #expect(misplaced(files).map(\.file) == ["parts/one.lua"])
    }

    @Test(arguments: [
        ("command/x.lua", "did you mean commands/?"), ("Agents/x.lua", "did you mean agents/?"),
        ("trigger.lua", "did you mean triggers/?"),
        ("test/x_test.lua", "did you mean tests/?"), ("other.lua", "move it into one of them, or require it"),
    ])
    func theFolderThatWasMeantIsNamed(path: String, advice: String) throws {
        let problem = try #require(misplaced(["nightjar.lua": "", path: ""]).first)
        #expect(problem.severity == .warning)
        #expect(problem.summary.hasPrefix("\(path): warning: is not loaded: "))
        #expect(problem.message.hasSuffix("; \(advice)"), "\(problem.message)")
    }

    @Test func manyAreCounted() {
        let files = Dictionary(uniqueKeysWithValues: (10...30).map { ("old/\($0).lua", "") })
        let problems = misplaced(files, entries: [])
        #expect(problems.count == MisplacedScripts.listedMax + 1)
        #expect(problems.last?.message.hasPrefix("11 more scripts") == true)
    }

    @Test func modulesThatAreRequiredWhileLoadingAreKnown() async throws {
        let files = [
            "nightjar.lua": "for _, name in ipairs { \"a\", \"b\" } do require(\"parts.\" .. name) end", "parts/a.lua": "",
            "parts/b.lua": "",
        ]
        #expect(await Bot.load(files, entries: ["nightjar.lua"]).problems.isEmpty)
        #expect(
            await Bot.load(files.merging(["parts/c.lua": ""]) { $1 }, entries: ["nightjar.lua"]).problems.map(\.file) == [
                "parts/c.lua"
            ])
    }
}
