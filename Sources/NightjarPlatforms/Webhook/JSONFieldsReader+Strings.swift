extension JSONFieldsReader {
    /// Reads the string whose opening quote is the current byte.
    mutating func string() throws(JSONFieldsError) -> String {
        let opening = offset
        advance()
        let start = offset
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                let text = String(decoding: bytes[start..<offset], as: UTF8.self)
                advance()
                return text
            case UInt8(ascii: "\\"):
                return try escapedString(from: start, opening: opening)
            case 0..<0x20:
                throw error("a control character in a string must be escaped", at: offset)
            default:
                advance()
            }
        }
        throw error("the string that begins here has no end", at: opening)
    }

    private mutating func escapedString(from start: Int, opening: Int) throws(JSONFieldsError) -> String {
        var text = Array(bytes[start..<offset])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try escape(into: &text)
            case 0..<0x20:
                throw error("a control character in a string must be escaped", at: offset)
            default:
                text.append(byte)
                advance()
            }
        }
        throw error("the string that begins here has no end", at: opening)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONFieldsError) {
        let start = offset
        advance()
        guard let letter = current else { throw unexpected("an escaped character") }
        advance()
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: Array(String(Character(try escapedScalar(start))).utf8))
        default: throw error("there is no such escape in JSON", at: start)
        }
    }

    /// What follows `\u`; a character outside the basic plane is written as two halves.
    private mutating func escapedScalar(_ start: Int) throws(JSONFieldsError) -> Unicode.Scalar {
        let first = try hexDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        let lone = error("half of a surrogate pair stands alone", at: start)
        guard (0xD800..<0xDC00).contains(first), current == UInt8(ascii: "\\") else { throw lone }
        advance()
        guard current == UInt8(ascii: "u") else { throw lone }
        advance()
        let second = try hexDigits()
        let combined = 0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) & 0x3FF
        guard (0xDC00..<0xE000).contains(second), let scalar = Unicode.Scalar(combined) else { throw lone }
        return scalar
    }

    private mutating func hexDigits() throws(JSONFieldsError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw unexpected("four hexadecimal digits")
            }
            value = value << 4 | UInt16(digit)
            advance()
        }
        return value
    }
}
