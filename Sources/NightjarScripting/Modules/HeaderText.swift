import LuaRuntime

/// Header fields as scripts write them (RFC 9110, section 5).
enum HeaderText {
    /// - Throws: `LuaHostError` that names the header, never its value.
    static func headers(_ value: LuaValue, of function: String) throws(LuaHostError) -> [(name: String, value: String)] {
        if value.isNil { return [] }
        guard case .table(let table) = value, table.array.isEmpty else {
            throw .badArgument(function, "'headers' must be a table of names and values")
        }
        var headers: [(name: String, value: String)] = []
        for key in table.sortedKeys {
            guard let name = key.stringValue, !name.isEmpty, name.utf8.allSatisfy(isNameByte) else {
                throw .badArgument(function, "headers\(key.step): a header's name has letters, digits and '-'")
            }
            guard let text = table[key].outgoingText else {
                throw .badArgument(function, "headers\(key.step) must be a text, not a \(table[key].typeName)")
            }
            guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .badArgument(function, "headers\(key.step) contains a line break or another control character")
            }
            headers.append((name: name, value: text))
        }
        return headers
    }

    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
