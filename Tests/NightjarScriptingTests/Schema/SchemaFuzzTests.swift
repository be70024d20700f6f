import LuaRuntime
import Testing

@testable import NightjarScripting

/// Random tables and random source: every one is answered, none crashes.
@Suite struct SchemaFuzzTests {
    private struct Maker {
        var generator: SeededGenerator
        let function: LuaFunction
        let words: [String]

        mutating func value(depth: Int) -> LuaValue {
            switch Int.random(in: 0..<(depth > 0 ? 13 : 10), using: &generator) {
            case 0: return .bool(Bool.random(using: &generator))
            case 1: return .integer([Int64.min, -1, 0, 1, 7, Int64.max].randomElement(using: &generator) ?? 0)
            case 2: return .number([-Double.infinity, -0.5, .nan, 1e300, .infinity, 0.1].randomElement(using: &generator) ?? 0)
            case 3, 4: return .string(words.randomElement(using: &generator) ?? "")
            case 5: return .string(["", " ", "\u{0}", "1h", "-5s", "%", "\u{202E}", "2026-12-24T18:00:00Z"].randomElement(using: &generator) ?? "")
            case 6: return .bytes([0xFF, 0xFE])
            case 7: return .function(function)
            case 8: return .object(LuaObject(typeName: Bool.random(using: &generator) ? "secret" : "other", payload: [0xC3]))
            case 9: return .reference(function.reference)
            default: return .table(table(depth: depth - 1))
            }
        }

        mutating func table(depth: Int) -> LuaTable {
            var table = LuaTable()
            for _ in 0..<Int.random(in: 0...3, using: &generator) { table.array.append(value(depth: depth)) }
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                let key: LuaKey =
                    switch Int.random(in: 0..<8, using: &generator) {
                    case 0: .integer(-3)
                    case 1: .number(0.5)
                    case 2: .bytes([0xFF])
                    case 3: .bool(true)
                    default: .string(words.randomElement(using: &generator) ?? "")
                    }
                table.fields[key] = value(depth: depth)
            }
            return table
        }
    }

    @Test func randomTablesAreAnswered() async throws {
        let samples = try await LuaSamples()
        let declarations = Declaration.all + Declaration.parts
        let words = declarations.flatMap { $0.fields.map(\.key) } + ["openai", "lua", "string", "array", "turns", "grace", "users"]
        var maker = Maker(generator: SeededGenerator(seed: 42), function: samples.function, words: words)
        let site = DeclarationSite(index: nil, location: LuaLocation(source: "a.lua", line: 1), kind: "k", name: "n")
        var valid = 0
        for round in 0..<4000 {
            let declaration = declarations[round % declarations.count]
            let result = SchemaValidator.validate(maker.table(depth: 4), as: declaration, at: site)
            #expect(result.problems.allSatisfy { !$0.message.contains("\u{202E}") && !$0.message.contains("\u{0}") })
            #expect(result.problems.count <= SchemaLimits.problemsMax + 1)
            if result.isValid { valid += 1 }
            _ = DeclarationFamily.model.validate(maker.table(depth: 3), at: site)
        }
        #expect(valid < 4000)
    }

    @Test func randomSourceIsRead() {
        let pieces = [
            "agent", " 'a'", "{", "}", "(", ")", "[", "]", "=", ",", ";", "function", " end ", " if ", "\n", "model", "[[", "]]", "--", "\"", "\\",
            "7", "..", "[=[",
        ]
        var generator = SeededGenerator(seed: 3)
        let path = FieldPath([.key("model"), .item(1), .key("model")])
        for _ in 0..<3000 {
            let source = (0..<Int.random(in: 0...40, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let index = SourceIndex(LuaSource(name: "a.lua", text: source))
            for line in 1...3 {
                let found = index.line(of: path, inside: "agent", named: "a", statement: line)
                #expect(found == line || index.lines.indices.contains(found - 1))
            }
        }
    }
}
