import LuaRuntime
import NightjarEngine

extension FieldType {
    /// What a value must be, to follow "must be".
    package var expectation: String {
        switch self {
        case .string(let rule): rule.expectation
        case .boolean: "true or false"
        case .integer(let range): Self.phrase(range)
        case .number(let range): Self.phrase(range)
        case .duration: "a duration such as \"30s\""
        case .secret: "a secret such as secret \"NAME\""
        case .function(let shape): "a \(shape.signature)"
        case .list(let item): item.plural.map { "a list of \($0)" } ?? "a list"
        case .map(let value): value.plural.map { "a table of \($0) by name" } ?? "a table"
        case .table, .declared: "a table"
        case .choice(let words) where words.count == 1: Quoted.choice(words, mark: "\"")
        case .choice(let words): "one of \(Quoted.choice(words, mark: "\""))"
        case .oneOf(let types): types.map(\.expectation).joined(separator: " or ")
        case .json: "plain data (text, numbers, true or false, tables of them)"
        case .pattern: "a Lua pattern such as \"^hello\""
        case .timestamp: "a time such as \"2026-12-24T18:00:00Z\""
        }
    }

    private var plural: String? {
        switch self {
        case .string: "strings"
        case .secret: "secrets or strings"
        case .table, .declared: "tables"
        default: nil
        }
    }

    /// Whether a value is of the Lua type that this is written in, so that an error can say more than that it is not.
    func resembles(_ value: LuaValue) -> Bool {
        switch self {
        case .string, .choice, .pattern, .timestamp: value.stringValue != nil
        case .boolean: value.boolValue != nil
        case .integer, .number: value.numberValue != nil
        case .duration: value.stringValue != nil || value.numberValue != nil
        case .secret: value.stringValue != nil || Secret(from: value) != nil
        case .function: value.functionValue != nil
        case .list, .map, .table, .declared: value.tableValue != nil
        case .oneOf(let types): types.contains { $0.resembles(value) }
        case .json: true
        }
    }

    private static func phrase(_ range: ClosedRange<Int64>) -> String {
        if range.upperBound < .max { return "a whole number from \(range.lowerBound) to \(range.upperBound)" }
        return range.lowerBound > .min ? "a whole number of at least \(range.lowerBound)" : "a whole number"
    }

    private static func phrase(_ range: ClosedRange<Double>) -> String {
        let least = LuaValue.number(range.lowerBound).inWords
        if range.upperBound < .infinity { return "a number from \(least) to \(LuaValue.number(range.upperBound).inWords)" }
        return range.lowerBound > -.infinity ? "a number of at least \(least)" : "a number"
    }
}
