import LuaRuntime
import NightjarEngine

extension SchemaValidator {
    /// Checks a table with known keys.
    mutating func values(of table: LuaTable, fields: [FieldSchema], at path: FieldPath) -> FieldValues {
        var values = FieldValues()
        // A key that was probably meant is not missing too.
        var meant: Set<String> = []
        if !table.array.isEmpty {
            let place = path.steps.isEmpty ? "" : " of '\(path)'"
            report("item 1\(place) has no key; write key = value", at: path.appending(.item(1)))
        }
        for key in table.sortedKeys {
            guard let text = key.stringValue else {
                report("unknown key [\(key.inWords)]\(inside(path)); keys are names", at: path)
                continue
            }
            let keyPath = path.appending(.key(text))
            guard let field = fields.first(where: { $0.key == text }) else {
                report("unknown key '\(Quoted.plain(text))'\(inside(path))\(suggestion(for: text, in: fields, at: path))", at: keyPath)
                meant.formUnion(NearestNames.find(text, in: fields.map(\.key)))
                continue
            }
            values.values[text] = value(of: table[key], as: field.type, at: keyPath)
        }
        for field in fields where field.isRequired && table[.string(field.key)].isNil && !meant.contains(field.key) {
            reportMissing(field, at: path.appending(.key(field.key)))
        }
        return values
    }

    mutating func list(of table: LuaTable, item: FieldType, at path: FieldPath) -> FieldValue {
        if let key = table.sortedKeys.first {
            report("'\(path)' must be \(FieldType.list(item).expectation), but it has the key [\(key.inWords)]", at: path)
        }
        var items: [FieldValue] = []
        for (index, element) in table.array.enumerated() {
            let itemPath = path.appending(.item(index + 1))
            if element.isNil {
                report("'\(itemPath)' is missing; a list has no holes", at: path)
            } else if let value = value(of: element, as: item, at: itemPath) {
                items.append(value)
            }
        }
        return .list(items)
    }

    mutating func map(of table: LuaTable, values type: FieldType, at path: FieldPath) -> FieldValue {
        if !table.array.isEmpty {
            report("'\(path)' must have a key for each value; write key = value", at: path.appending(.item(1)))
        }
        var entries: [String: FieldValue] = [:]
        for key in table.sortedKeys {
            guard let text = key.stringValue else {
                report("unknown key [\(key.inWords)]\(inside(path)); keys are names", at: path)
                continue
            }
            entries[text] = value(of: table[key], as: type, at: path.appending(.key(text)))
        }
        return .map(entries)
    }

    private func inside(_ path: FieldPath) -> String {
        path.steps.isEmpty ? "" : " in '\(path)'"
    }

    private func suggestion(for key: String, in fields: [FieldSchema], at path: FieldPath) -> String {
        if path.steps.isEmpty, let hint = hints[key] { return " (\(hint))" }
        let keys = fields.map(\.key)
        if let question = NearestNames.question(NearestNames.find(key, in: keys)) { return " (\(question))" }
        guard !keys.isEmpty else { return " (it takes no keys)" }
        guard keys.count <= SchemaLimits.listedKeysMax else { return "" }
        return " (it takes \(Quoted.choice(keys)))"
    }
}
