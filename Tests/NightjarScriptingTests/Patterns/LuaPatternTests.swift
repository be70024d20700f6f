import LuaRuntime
import Testing

@testable import NightjarScripting

@Suite struct LuaPatternTests {
    private static func match(_ text: String, _ pattern: String, stepsMax: Int = 100_000) throws -> [LuaValue]? {
        try LuaPattern(pattern).match(Array(text.utf8), stepsMax: stepsMax)
    }

    /// After the manual of Lua 5.4, §6.4.1.
    private static let cases: [(text: String, pattern: String, captures: [LuaValue]?)] = [
        ("hello world", "", [""]), ("hello world", "o w", ["o w"]), ("hello world", "^world", nil), ("hello world", "world$", ["world"]),
        ("a$b", "a$b", ["a$b"]), ("a^b", "a^b", ["a^b"]), ("hello", "l+", ["ll"]), ("hello", "l-o", ["llo"]), ("hello", "lx?l", ["ll"]),
        ("THE (quick) fox", "%((%a+)%)", ["quick"]), ("key = value", "^(%w+)%s*=%s*(%w+)$", ["key", "value"]),
        ("  trim  ", "^%s*(.-)%s*$", ["trim"]), ("flaaap", "()aa()", [3, 5]), ("hello", "()ll()", [3, 5]),
        ("abc 123", "%d+", ["123"]), ("abc 123", "%D+", ["abc "]), ("x_1", "[%a_][%w_]*", ["x_1"]), ("0xFfg", "0[xX](%x+)", ["Ff"]),
        ("a.b", "%.", ["."]), ("ab", "%.", nil), ("f(a(b)c)d", "%b()", ["(a(b)c)"]), ("((x)", "%b()", ["(x)"]),
        ("THE (quick) fox", "%f[%a]%a+%f[%A]", ["THE"]), ("xTHE", "%f[%u]%u+", ["THE"]), ("say \"it's\"", "([\"'])(.-)%1", ["\"", "it's"]),
        ("x^2", "[%^x]+", ["x^"]), ("a]b", "[]]", ["]"]), ("a-b", "[a%-]+", ["a-"]), ("a-b", "[b-]+", ["-b"]), ("abc", "[^a]+", ["bc"]),
        ("äb", "%a", ["b"]), ("ä", "^..$", ["ä"]), ("ä", "^(.)", [.bytes([0xC3])]), ("ä", "%w", nil), ("ä", "[^%w]+", ["ä"]),
        ("tab\there", "%c", ["\t"]), ("a,b", "%p", [","]), ("aB", "%u", ["B"]), ("Ab", "%l", ["b"]), (" x", "%g", ["x"]),
        ("nested", "((n)(e))", ["ne", "n", "e"]), ("aa", "()a%1", nil), ("", "^$", [""]), ("", "a*", [""]),
    ]

    @Test(arguments: cases)
    func itMatchesAsTheManualSays(text: String, pattern: String, captures: [LuaValue]?) throws {
        #expect(try Self.match(text, pattern) == captures, "\(pattern)")
    }

    private static let pieces = [
        "a", "a", "b", ".", ".", "%a", "%d", "%s", "%w", "%S", "%A", "%p", "%x", "%u", "%l", "%c", "%g", "%z", "%B", "[ab]", "[^a]", "[a-c%d]",
        "[%a-]", "[]a]", "[^]b]", "[a-%]]", "[b-a]", "ä", "[ä]", "*", "*", "+", "-", "?", "(", "(", ")", ")", "()", "%1", "%2", "%b()", "%baa", "%b",
        "%f[%w]", "%f[^a]", "^", "$", "%%", "%", "]", "[", "\0",
    ]
    private static let letters: [[UInt8]] = ["a", "a", "b", "A", "1", " ", "(", ")", "%", "]", "-", "$", "ä", "\0"].map { Array($0.utf8) } + [[0xC3]]

    /// The same as Lua's own, for patterns and texts short enough that it ends.
    @Test func luaAgrees() async throws {
        let samples = try await LuaSamples()
        let lua = try await samples.vm.load("return pcall(string.match, ...)", name: "match")
        var generator = SeededGenerator(seed: 11)
        var found = 0
        for _ in 0..<12000 {
            let pattern = (0..<Int.random(in: 1...8, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator) ?? "a" }.joined()
            let text = (0..<Int.random(in: 0...12, using: &generator)).flatMap { _ in Self.letters.randomElement(using: &generator) ?? [] }
            let subject = String(validating: text, as: UTF8.self).map(LuaValue.string) ?? .bytes(text)
            let answer = try await samples.vm.call(lua, [subject, .string(pattern)])
            guard let ours = try? LuaPattern(pattern) else { continue }
            try #require(answer.first == true, "\(pattern): \(answer)")
            let expected = Array(answer.dropFirst())
            let captures = try ours.match(text, stepsMax: 1_000_000)
            if captures != nil { found += 1 }
            #expect(captures ?? [.nil] == expected, "\(pattern) in \(text)")
        }
        #expect(found > 1000)
    }

    @Test(arguments: [199, 200, 201])
    func itIsAsComplexAsInLua(optionals: Int) async throws {
        let (text, pattern) = (String(repeating: "a", count: optionals), String(repeating: "a?", count: optionals))
        let samples = try await LuaSamples()
        let lua = try await samples.vm.evaluate("return pcall(string.match, '\(text)', '\(pattern)')", name: "match")
        do {
            let captures = try Self.match(text, pattern)
            #expect(lua == [true] + (captures ?? [.nil]))
        } catch {
            #expect(error as? LuaMatchFailure == .tooComplex)
            #expect(lua.last?.stringValue?.contains("pattern too complex") == true)
        }
    }

    @Test(arguments: [
        ("(%w+)@", 8192), ("(%w+)%s*(%w+)!", 512), (".*please.*now$", 8192), ("a.*b.*c.*d", 8192), (".-.-.-.-b", 8192), ("%b()", 8192),
        ("(a*)*b", 1 << 20), ("^(a-)%1b", 1 << 20),
    ])
    func hostileTextsEndInTime(pattern: String, length: Int) throws {
        let text = String(repeating: pattern.hasPrefix("%b") ? "(" : "a", count: length)
        let start = ContinuousClock.now
        do {
            #expect(try Self.match(text, pattern, stepsMax: MessageHandler.stepsMax) == nil)
        } catch {
            #expect(error as? LuaMatchFailure == .tooLong)
        }
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    /// In a message of nearly the longest that there is.
    @Test(arguments: ["needle", "%f[%w]needle%f[%W]", "^%s*(.-)%s*$", ".*(needle).*", "deploy (.-) now"])
    func ordinaryPatternsEndInLongTexts(pattern: String) throws {
        let text = String(repeating: "hay and straw, ", count: 70_000)
        _ = try Self.match(text, pattern, stepsMax: MessageHandler.stepsMax)
    }

    @Test func aCancelledMatchEnds() async throws {
        let pattern = try LuaPattern(".-.-.-.-b")
        let task = Task { try pattern.match(Array(repeating: UInt8(ascii: "a"), count: 100_000), stepsMax: .max) }
        task.cancel()
        await #expect(throws: LuaMatchFailure.cancelled) { try await task.value }
    }
}
