import Foundation
import Testing

@testable import NightjarScripting

@Suite struct ScriptProblemTests {
    @Test func problemsAreSortedByFileThenLine() {
        let later = ScriptProblem(file: "b.lua", line: 1, message: "x")
        let deep = ScriptProblem(file: "a.lua", line: 12, message: "x")
        let early = ScriptProblem(file: "a.lua", line: 2, message: "z", severity: .warning)
        let error = ScriptProblem(file: "a.lua", line: 2, message: "zz")
        #expect([later, deep, early, error].sorted() == [error, early, deep, later])
    }

    @Test func theDescriptionHasTheExcerptBelowIt() {
        let problem = ScriptProblem(file: "a.lua", line: 2, message: "agent \"x\": no", excerpt: "> 2 | x")
        #expect(problem.description == "a.lua:2: agent \"x\": no\n> 2 | x")
        #expect(ScriptProblem(file: "a.lua", line: 2, message: "no", severity: .warning).description == "a.lua:2: warning: no")
    }

    @Test func aLogTellsTheSeverityByItself() {
        let problem = ScriptProblem(file: "a.lua", line: 2, message: "no", severity: .warning, excerpt: "> 2 | x")
        #expect(problem.logText == "a.lua:2: no\n> 2 | x")
    }

    @Test func itSurvivesJSON() throws {
        let problem = ScriptProblem(file: "a.lua", line: 2, message: "m", severity: .warning, excerpt: "> 2 | x")
        let data = try JSONEncoder().encode(problem)
        #expect(try JSONDecoder().decode(ScriptProblem.self, from: data) == problem)
        #expect(String(decoding: data, as: UTF8.self).contains(#""severity":"warning""#))
    }
}
