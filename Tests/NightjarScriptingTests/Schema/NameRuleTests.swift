import Testing

@testable import NightjarScripting

@Suite struct NameRuleTests {
    @Test(arguments: ["code-analyzer", "a", "été", "mcp:git", "v1.2"]) func words(_ name: String) {
        #expect(Declaration.agent.nameProblem(name) == nil)
    }

    @Test func otherNamesAreExplained() {
        #expect(Declaration.agent.nameProblem("") == "the name of an agent must not be empty")
        #expect(Declaration.tool.nameProblem("two words") == #"the name of a tool must be one word without spaces or quotes, not "two words""#)
        #expect(Declaration.tool.nameProblem(String(repeating: "x", count: 65)) == "the name of a tool can have at most 64 characters")
        #expect(Declaration.tool.nameProblem("a\u{1B}b") != nil)
        #expect(Declaration.command.nameProblem("List") == #""List" is a built-in command; choose another name"#)
        #expect(Declaration.formatter.nameProblem("slack") == nil)
        #expect(Declaration.formatter.nameProblem("slck")?.contains("did you mean \"slack\"?") == true)
        #expect(Declaration.settings.nameProblem("anything") == nil)
    }
}
