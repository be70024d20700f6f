/// A raised table for people, as a script would write it: its fields in a stable order, as much as fits a line.
struct LuaValueText {
    private static let lengthMax = 200
    private static let depthMax = 3
    private static let stringMax = 80

    private var text = ""

    static func text(of value: LuaValue) -> String {
        var writer = LuaValueText()
        writer.write(value, depth: 0)
        return writer.text
    }

    private var isFull: Bool { text.utf8.count > Self.lengthMax }

    private mutating func write(_ value: LuaValue, depth: Int) {
        switch value {
        case .nil: text += "nil"
        case .bool(let value): text += String(value)
        case .integer(let value): text += String(value)
        case .number(let value): text += String(value)
        case .string(let value): write(value)
        case .bytes(let value): write(String(decoding: value, as: UTF8.self))
        case .table(let table): write(table, depth: depth)
        // A table that is too large to be copied, or that holds itself, is kept by reference.
        case .reference: text += depth == 0 ? "(a table was raised)" : "(…)"
        case .function, .object: text += "(\(value.typeName))"
        }
    }

    private mutating func write(_ string: String) {
        let part = string.prefix(Self.stringMax)
        text += "\"" + part.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        text += part.endIndex < string.endIndex ? "…\"" : "\""
    }

    private mutating func write(_ table: LuaTable, depth: Int) {
        guard !table.isEmpty else { return text += "{}" }
        guard depth < Self.depthMax else { return text += "{ … }" }
        text += "{ "
        var separator = ""
        func begin() -> Bool {
            text += separator
            separator = ", "
            if isFull { text += "…" }
            return !isFull
        }
        for item in table.array {
            guard begin() else { return text += " }" }
            write(item, depth: depth + 1)
        }
        for key in table.sortedKeys {
            guard begin() else { return text += " }" }
            write(key)
            write(table[key], depth: depth + 1)
        }
        text += " }"
    }

    private mutating func write(_ key: LuaKey) {
        if let name = key.stringValue, !name.isEmpty, name.allSatisfy({ $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            text += name.prefix(Self.stringMax) + " = "
        } else {
            text += "["
            write(key.value, depth: Self.depthMax)
            text += "] = "
        }
    }
}
