import Testing

@testable import NightjarScripting

@Suite struct LuaLexerTests {
    private func texts(_ source: String) -> [String] { LuaLexer.tokens(of: source).map(\.text) }
    private func strings(_ source: String) -> [String] { LuaLexer.tokens(of: source).filter { $0.kind == .string }.map(\.text) }

    @Test func stringsOfAllKindsAreReadWithTheirEscapes() {
        #expect(strings(#"'a"b' "c'd" "\n\t\\\"" "\65\x42\u{43}" "#) == [#"a"b"#, "c'd", "\n\t\\\"", "ABC"])
        #expect(strings("[[a]b]] [==[x]]y]=]z]==]") == ["a]b", "x]]y]=]z"])
        #expect(strings("[[\nfirst line end goes]]") == ["first line end goes"])
        #expect(strings("\"a\\z  \n   b\" \"c\\\nd\"") == ["ab", "c\nd"])
    }

    @Test func commentsAreNoTokens() {
        #expect(texts("a -- b 'c\nd --[[ e\nf ]] g --[==[ h ]] i ]==] j") == ["a", "d", "g", "j"])
        #expect(texts("#!/usr/bin/env nightjar\na") == ["a"])
        #expect(texts("--[=[ not closed") == [])
    }

    @Test func numbersKeepTheirLetters() {
        #expect(
            texts("3 3.0 .5 0xA.8p-1 1e+10 0x1e+1 a..b 1 ..2") == [
                "3", "3.0", ".5", "0xA.8p-1", "1e+10", "0x1e", "+", "1", "a", "..", "b", "1", "..", "2",
            ])
    }

    @Test func anEqualsSignIsNotAComparison() {
        #expect(texts("a==b a=b ~= <= >= :: ... //") == ["a", "==", "b", "a", "=", "b", "~=", "<=", ">=", "::", "...", "//"])
    }

    @Test func linesAreCountedAsLuaCountsThem() {
        let tokens = LuaLexer.tokens(of: "a\nb\r\nc\rd\n\re [[x\ny]] f \"g\\\nh\" i")
        #expect(tokens.map(\.line) == [1, 2, 3, 4, 5, 5, 6, 6, 7])
    }

    @Test(arguments: ["\"abc\nd", "'", "[==[", "\"\\", "\"\\u{", "\"\\x", "--[[", "é", "[=", "0x", "\\", "\"\\999\"", "\"\\u{FFFFFFFF}\""])
    func whatDoesNotCompileIsReadToItsEnd(_ source: String) {
        #expect(LuaLexer.tokens(of: source).count <= source.utf8.count)
    }
}
