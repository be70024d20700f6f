extension LuaLexer {
    /// The number of `=` of the long bracket that opens here; nil when none does.
    func longBracketLevel() -> Int? {
        guard peek() == UInt8(ascii: "[") else { return nil }
        var level = 0
        while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
        return peek(1 + level) == UInt8(ascii: "[") ? level : nil
    }

    /// The text between long brackets; a line end right behind the opening one does not belong to it.
    mutating func takeLongBracket(level: Int) -> String {
        position += level + 2
        if let byte = peek(), isLineEnd(byte) { takeLineEnd() }
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == UInt8(ascii: "]"), closes(level: level) {
                position += level + 2
                break
            }
            if isLineEnd(byte) {
                takeLineEnd()
                content.append(0x0A)
            } else {
                content.append(byte)
                position += 1
            }
        }
        return String(decoding: content, as: UTF8.self)
    }

    private func closes(level: Int) -> Bool {
        (0..<level).allSatisfy { peek(1 + $0) == UInt8(ascii: "=") } && peek(1 + level) == UInt8(ascii: "]")
    }

    /// The value of a quoted string. One that is not closed ends with its line.
    mutating func takeString(quote: UInt8) -> String {
        position += 1
        var content: [UInt8] = []
        while let byte = peek(), !isLineEnd(byte) {
            position += 1
            if byte == quote { break }
            if byte == UInt8(ascii: "\\") { takeEscape(into: &content) } else { content.append(byte) }
        }
        return String(decoding: content, as: UTF8.self)
    }

    private static let letterEscapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B,
    ]

    /// Behind the backslash.
    private mutating func takeEscape(into content: inout [UInt8]) {
        guard let byte = peek() else { return }
        if isLineEnd(byte) {
            takeLineEnd()
            content.append(0x0A)
            return
        }
        if LuaLetter.isDigit(byte) {
            content.append(UInt8(truncatingIfNeeded: takeDigits(max: 3, radix: 10)))
            return
        }
        position += 1
        switch byte {
        case UInt8(ascii: "z"): skipSpace()
        case UInt8(ascii: "x"): content.append(UInt8(truncatingIfNeeded: takeDigits(max: 2, radix: 16)))
        case UInt8(ascii: "u"):
            guard peek() == UInt8(ascii: "{") else { return }
            position += 1
            let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: takeDigits(max: 8, radix: 16))) ?? "\u{FFFD}"
            content.append(contentsOf: Array(String(scalar).utf8))
            if peek() == UInt8(ascii: "}") { position += 1 }
        default: content.append(Self.letterEscapes[byte] ?? byte)
        }
    }

    private mutating func takeDigits(max count: Int, radix: Int) -> Int {
        var value = 0
        for _ in 0..<count {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix else { break }
            value = value * radix + digit
            position += 1
        }
        return value
    }

    private mutating func skipSpace() {
        while let byte = peek(), LuaLetter.isSpace(byte) {
            if isLineEnd(byte) { takeLineEnd() } else { position += 1 }
        }
    }
}
