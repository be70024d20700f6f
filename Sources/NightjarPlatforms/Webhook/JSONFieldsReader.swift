/// The parser behind ``JSONFields``. All access to the bytes is checked, since they come from anybody.
struct JSONFieldsReader {
    let bytes: [UInt8]
    private(set) var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func object() throws(JSONFieldsError) -> [(key: String, value: JSONFields.Value)] {
        try requireUTF8()
        skipSpace()
        guard current == UInt8(ascii: "{") else { throw unexpected("a JSON object") }
        offset += 1
        var members: [(key: String, value: JSONFields.Value)] = []
        members.reserveCapacity(8)
        skipSpace()
        if take("}") { return try finished(members) }
        repeat {
            skipSpace()
            let start = offset
            guard current == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
            let key = try string()
            guard members.count < WebhookLimits.fieldsMax else {
                throw error("there are more than \(WebhookLimits.fieldsMax) fields", at: start)
            }
            guard !members.contains(where: { $0.key == key }) else {
                throw error("the key \"\(key)\" comes twice", at: start)
            }
            skipSpace()
            guard take(":") else { throw unexpected("a colon") }
            members.append((key, try value(depth: 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw unexpected("a comma or a closing brace") }
        return try finished(members)
    }

    private mutating func finished<Members>(_ members: Members) throws(JSONFieldsError) -> Members {
        skipSpace()
        guard current == nil else { throw unexpected("the end of the text") }
        return members
    }

    private mutating func value(depth: Int) throws(JSONFieldsError) -> JSONFields.Value {
        guard depth <= WebhookLimits.jsonDepthMax else {
            throw error("values are nested more than \(WebhookLimits.jsonDepthMax) deep", at: offset)
        }
        skipSpace()
        switch current {
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "{"):
            try skipContainer(closing: "}", depth: depth, keyed: true)
            return .other("an object")
        case UInt8(ascii: "["):
            try skipContainer(closing: "]", depth: depth, keyed: false)
            return .other("an array")
        case UInt8(ascii: "t"):
            try word("true")
            return .other("a boolean")
        case UInt8(ascii: "f"):
            try word("false")
            return .other("a boolean")
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        case .some(let byte) where byte == UInt8(ascii: "-") || Self.isDigit(byte):
            try number()
            return .other("a number")
        default:
            throw unexpected("a value")
        }
    }

    private mutating func skipContainer(
        closing: Unicode.Scalar, depth: Int, keyed: Bool
    ) throws(JSONFieldsError) {
        offset += 1
        skipSpace()
        if take(closing) { return }
        repeat {
            skipSpace()
            if keyed {
                guard current == UInt8(ascii: "\"") else { throw unexpected("a key in double quotes") }
                _ = try string()
                skipSpace()
                guard take(":") else { throw unexpected("a colon") }
            }
            _ = try value(depth: depth + 1)
            skipSpace()
        } while take(",")
        guard take(closing) else { throw unexpected("a comma or \"\(closing)\"") }
    }

    private mutating func word(_ word: StaticString) throws(JSONFieldsError) {
        let start = offset
        for index in 0..<word.utf8CodeUnitCount {
            guard current == word.withUTF8Buffer({ $0[index] }) else {
                offset = start
                throw unexpected("a value")
            }
            offset += 1
        }
    }

    private mutating func number() throws(JSONFieldsError) {
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
    }

    private mutating func digits() throws(JSONFieldsError) {
        let start = offset
        while let byte = current, Self.isDigit(byte) { offset += 1 }
        guard offset > start else { throw unexpected("a digit") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    // MARK: Bytes

    var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    mutating func advance(by count: Int = 1) { offset += count }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: scalar) else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    // MARK: Errors

    func unexpected(_ wanted: String) -> JSONFieldsError {
        guard let byte = current else { return error("expected \(wanted), but the text ends", at: offset) }
        let found = (0x21...0x7E).contains(byte) ? "\"\(Unicode.Scalar(byte))\"" : "the byte \(byte)"
        return error("expected \(wanted), found \(found)", at: offset)
    }

    func error(_ message: String, at place: Int) -> JSONFieldsError {
        let before = bytes[..<place]
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONFieldsError(message, position: JSONFieldsError.Position(line: line, column: place - lineStart + 1))
    }

    private func requireUTF8() throws(JSONFieldsError) {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var place = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { place += UTF8.width(scalar) }
        throw error("the text is not UTF-8", at: place)
    }
}
