import LuaRuntime
import NightjarEngine

extension SchemaValidator {
    /// - Returns: nil when the value does not fit, which has been reported then.
    mutating func value(of value: LuaValue, as type: FieldType, at path: FieldPath) -> FieldValue? {
        switch type {
        case .string(let rule): string(value, rule, at: path).map(FieldValue.string)
        case .pattern: pattern(value, at: path).map(FieldValue.string)
        case .choice(let words): choice(value, words, at: path).map(FieldValue.string)
        case .duration(let rule): duration(value, rule, at: path).map(FieldValue.duration)
        case .timestamp: timestamp(value, at: path).map(FieldValue.timestamp)
        case .secret: secret(value, at: path).map(FieldValue.secret)
        case .integer(let range): integer(value, range, at: path).map(FieldValue.integer)
        case .number(let range): number(value, range, at: path).map(FieldValue.number)
        case .json: json(value, at: path).map(FieldValue.json)
        case .oneOf(let types): oneOf(value, types, at: path)
        case .boolean: expect(value.boolValue.map(FieldValue.boolean), value, type, at: path)
        case .function: expect(value.functionValue.map(FieldValue.function), value, type, at: path)
        case .list, .map, .table, .declared: table(value, as: type, at: path)
        }
    }

    private mutating func expect<Value>(_ found: Value?, _ value: LuaValue, _ type: FieldType, at path: FieldPath) -> Value? {
        if found == nil { report(value, isNot: type.expectation, at: path) }
        return found
    }

    private mutating func table(_ value: LuaValue, as type: FieldType, at path: FieldPath) -> FieldValue? {
        guard let table = expect(value.tableValue, value, type, at: path) else { return nil }
        return switch type {
        case .list(let item): list(of: table, item: item, at: path)
        case .map(let values): map(of: table, values: values, at: path)
        case .table(let fields): .table(values(of: table, fields: fields, at: path))
        case .declared(let name): .table(values(of: table, fields: name.declaration.fields, at: path))
        default: nil
        }
    }

    private mutating func oneOf(_ value: LuaValue, _ types: [FieldType], at path: FieldPath) -> FieldValue? {
        guard let type = expect(types.first { $0.resembles(value) }, value, .oneOf(types), at: path) else { return nil }
        return self.value(of: value, as: type, at: path)
    }

    private mutating func string(_ value: LuaValue, _ rule: StringRule, at path: FieldPath) -> String? {
        guard let text = expect(value.stringValue, value, .string(rule), at: path) else { return nil }
        guard let problem = rule.problem(with: text) else { return text }
        report("'\(path)' \(problem)", at: path)
        return nil
    }

    private mutating func pattern(_ value: LuaValue, at path: FieldPath) -> String? {
        guard let text = expect(value.stringValue, value, .pattern, at: path) else { return nil }
        guard let problem = LuaPattern.problem(with: text) else { return text }
        report("'\(path)' is not a Lua pattern: \(problem)", at: path)
        return nil
    }

    private mutating func choice(_ value: LuaValue, _ words: [String], at path: FieldPath) -> String? {
        guard let text = expect(value.stringValue, value, .choice(words), at: path) else { return nil }
        guard !words.contains(text) else { return text }
        let near = NearestNames.question(NearestNames.find(text, in: words), mark: "\"").map { " (\($0))" } ?? ""
        report("'\(path)' must be \(FieldType.choice(words).expectation), not \(Quoted.text(text))\(near)", at: path)
        return nil
    }

    /// A value that does not fit may be a secret all the same: it is not repeated.
    private mutating func secret(_ value: LuaValue, at path: FieldPath) -> Secret? {
        let secret = Secret(from: value) ?? value.stringValue.map(Secret.init)
        guard let secret else {
            report("'\(path)' must be \(FieldType.secret.expectation), not a \(value.typeName)", at: path)
            return nil
        }
        guard secret.isEmpty else { return secret }
        report("'\(path)' must not be empty", at: path)
        return nil
    }
}
