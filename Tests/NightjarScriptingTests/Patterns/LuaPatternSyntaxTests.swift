import LuaRuntime
import Testing

@testable import NightjarScripting

@Suite struct LuaPatternSyntaxTests {
    @Test(arguments: ["", "^thanks", "%d+%s*$", "[%]]", "[]]", "[^]x]", "(a)(b)%2%1", "%b()", "%f[%w]x", "()", "a%%", "[a%]-z]"])
    func patternsAreAccepted(_ pattern: String) {
        #expect(LuaPattern.problem(with: pattern) == nil)
    }

    @Test(arguments: ["%", "[a", "[", "[^", "[%", "(a", "a)", "%b(", "%f", "%fa", "%1", "(%1)", "%0", "[]", String(repeating: "()", count: 33)])
    func mistakesAreFound(_ pattern: String) {
        #expect(LuaPattern.problem(with: pattern) != nil)
    }

    /// What is accepted never makes Lua complain, whatever text it is held against.
    @Test func luaAgrees() async throws {
        let samples = try await LuaSamples()
        let find = try await samples.vm.load(
            """
            local pattern = ...
            for _, text in ipairs { "", "a", "aab(])^%1", "((a))[%]1]", "aaaa%%bb" } do
              local ok, problem = pcall(string.find, text, pattern)
              if not ok then return problem end
            end
            """, name: "find")
        var generator = SeededGenerator(seed: 7)
        let letters = Array("ab()[]^%1f-*?$.")
        var refused = 0
        for _ in 0..<4000 {
            let pattern = String((0..<Int.random(in: 0...8, using: &generator)).map { _ in letters.randomElement(using: &generator) ?? "a" })
            let complaint = try await samples.vm.call(find, [.string(pattern)]).first?.stringValue
            if LuaPattern.problem(with: pattern) == nil {
                #expect(complaint == nil, "\(pattern)")
            } else {
                refused += 1
            }
        }
        #expect(refused > 500)
    }
}
