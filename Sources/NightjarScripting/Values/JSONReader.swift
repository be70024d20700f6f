import LuaRuntime

/// Reads JSON (RFC 8259) straight into Lua values.
///
/// Foundation's decoders use 100 ms of CPU time and more for a megabyte, all that a script may use; they tell `1` from `1.0` badly, and
/// where an error is by its offset or not at all. This one takes 12 ms.
struct JSONReader {
    /// Nesting; as deep as tables may cross to Lua.
    static let depthMax = LuaLimits().tableDepthMax

    let bytes: UnsafeBufferPointer<UInt8>
    /// Whether members that are `null` are kept as `json.null`, or left out.
    let keepsNull: Bool
    var position = 0
    private var depth = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>, keepsNull: Bool) {
        self.bytes = bytes
        self.keepsNull = keepsNull
    }

    /// - Parameter keepsNull: for members of objects; elsewhere `null` always becomes `json.null`.
    static func read(_ text: String, keepsNull: Bool = false) throws(JSONSyntaxError) -> LuaValue {
        var text = text
        let result = text.withUTF8 { bytes -> Result<LuaValue, JSONSyntaxError> in
            var reader = JSONReader(bytes, keepsNull: keepsNull)
            do throws(JSONSyntaxError) {
                return .success(try reader.document())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    // MARK: Values

    private mutating func document() throws(JSONSyntaxError) -> LuaValue {
        // A byte order mark is not JSON, but files have it.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        skipSpace()
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw failure("expected the end, found \(found)") }
        return value
    }

    private mutating func value() throws(JSONSyntaxError) -> LuaValue {
        switch peek {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try nested { reader throws(JSONSyntaxError) in try reader.object() }
        case UInt8(ascii: "["): return try nested { reader throws(JSONSyntaxError) in try reader.array() }
        case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .jsonNull)
        default: throw failure("expected a value, found \(found)")
        }
    }

    private mutating func nested(
        _ body: (inout JSONReader) throws(JSONSyntaxError) -> LuaTable
    ) throws(JSONSyntaxError) -> LuaValue {
        guard depth < JSONReader.depthMax else { throw failure("nested deeper than \(JSONReader.depthMax) levels") }
        depth += 1
        defer { depth -= 1 }
        position += 1
        return .table(try body(&self))
    }

    private mutating func array() throws(JSONSyntaxError) -> LuaTable {
        var table = LuaTable()
        table.isList = true
        skipSpace()
        if take(UInt8(ascii: "]")) { return table }
        while true {
            skipSpace()
            table.array.append(try value())
            skipSpace()
            if take(UInt8(ascii: "]")) { return table }
            guard take(UInt8(ascii: ",")) else { throw failure("expected ',' or ']', found \(found)") }
        }
    }

    private mutating func object() throws(JSONSyntaxError) -> LuaTable {
        var table = LuaTable()
        skipSpace()
        if take(UInt8(ascii: "}")) { return table }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw failure("expected a name in double quotes, found \(found)") }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw failure("expected ':', found \(found)") }
            skipSpace()
            let value = try value()
            // The last of two members with one name wins, a null too.
            table[.string(name)] = value == .jsonNull && !keepsNull ? .nil : value
            skipSpace()
            if take(UInt8(ascii: "}")) { return table }
            guard take(UInt8(ascii: ",")) else { throw failure("expected ',' or '}', found \(found)") }
        }
    }

    private mutating func word(_ word: StaticString, _ value: LuaValue) throws(JSONSyntaxError) -> LuaValue {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, (position..<end).allSatisfy({ bytes[$0] == word.utf8Start[$0 - position] }) else {
            throw failure("expected a value, found \(found)")
        }
        position = end
        return value
    }

    // MARK: Bytes

    /// The next byte; nil at the end.
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// What stands at the position, for a message.
    var found: String {
        guard position < bytes.count else { return "the end" }
        let rest = String(decoding: bytes[position..<min(bytes.count, position + 16)], as: UTF8.self)
        guard let letter = rest.unicodeScalars.first else { return "the end" }
        return letter.value < 0x20 ? "a control character" : "'\(letter)'"
    }

    func failure(_ problem: String, at place: Int? = nil) -> JSONSyntaxError {
        let before = bytes[..<min(place ?? position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONSyntaxError(problem: problem, line: line, column: before.endIndex - start + 1)
    }
}
