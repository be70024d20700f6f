import NightjarEngine

/// Writes JSON with the names of objects sorted, so that equal values give equal text.
///
/// A number keeps its kind, `3` or `3.0`, which Foundation's encoder forgets.
struct JSONWriter {
    private var text: [UInt8] = []
    private let isPretty: Bool
    private var depth = 0

    private init(isPretty: Bool) { self.isPretty = isPretty }

    /// - Parameter value: its numbers are finite, as those made from Lua values are.
    static func write(_ value: JSONValue, pretty: Bool = false) -> String {
        var writer = JSONWriter(isPretty: pretty)
        writer.append(value)
        return String(decoding: writer.text, as: UTF8.self)
    }

    private mutating func append(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .integer(let value): append(String(value))
        case .number(let value): append(String(value))
        case .string(let value): append(quoted: value)
        case .array(let items):
            enclosed("[", "]", items) { writer, item in writer.append(item) }
        case .object(let members):
            enclosed("{", "}", members.keys.sorted()) { writer, name in
                writer.append(quoted: name)
                writer.append(writer.isPretty ? ": " : ":")
                writer.append(members[name] ?? .null)
            }
        }
    }

    private mutating func enclosed<Item>(
        _ open: String, _ close: String, _ items: [Item], _ body: (inout JSONWriter, Item) -> Void
    ) {
        append(open)
        depth += 1
        for (index, item) in items.enumerated() {
            if index > 0 { append(",") }
            newLine()
            body(&self, item)
        }
        depth -= 1
        if !items.isEmpty { newLine() }
        append(close)
    }

    private mutating func newLine() {
        if isPretty { append("\n" + String(repeating: "  ", count: depth)) }
    }

    private mutating func append(_ string: String) { text.append(contentsOf: string.utf8) }

    private mutating func append(quoted string: String) {
        text.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case ..<0x20: append("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
            default: text.append(byte)
            }
        }
        text.append(UInt8(ascii: "\""))
    }
}
