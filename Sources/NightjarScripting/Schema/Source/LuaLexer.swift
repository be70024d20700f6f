/// Splits Lua source into tokens, by the rules of the Lua 5.4 manual, §3.1.
///
/// It reads any text to its end: what does not close closes there, since a source that does not compile is Lua's to complain about.
struct LuaLexer {
    var bytes: [UInt8]
    var position = 0
    var line = 1

    static func tokens(of source: String) -> [LuaToken] {
        var lexer = LuaLexer(bytes: Array(source.utf8))
        lexer.skipFirstLineComment()
        var tokens: [LuaToken] = []
        while let token = lexer.next() { tokens.append(token) }
        return tokens
    }

    /// Symbols of more than one byte, longer ones first.
    private static let longSymbols = ["...", "==", "~=", "<=", ">=", "//", "::", "..", "<<", ">>"].map { Array($0.utf8) }

    func peek(_ distance: Int = 0) -> UInt8? {
        let index = position + distance
        return index < bytes.count ? bytes[index] : nil
    }

    private mutating func next() -> LuaToken? {
        skipSpaceAndComments()
        guard let byte = peek() else { return nil }
        let start = line
        if LuaLetter.isNameStart(byte) {
            return LuaToken(kind: .name, text: take(while: LuaLetter.isNamePart), line: start)
        }
        if LuaLetter.isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(LuaLetter.isDigit) == true) {
            return LuaToken(kind: .number, text: takeNumber(), line: start)
        }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            return LuaToken(kind: .string, text: takeString(quote: byte), line: start)
        }
        if let level = longBracketLevel() {
            return LuaToken(kind: .string, text: takeLongBracket(level: level), line: start)
        }
        return LuaToken(kind: .symbol, text: takeSymbol(), line: start)
    }

    mutating func take(while isWanted: (UInt8) -> Bool) -> String {
        let start = position
        while let byte = peek(), isWanted(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Numerals as `lexNum` of Lua reads them: an exponent may have a sign, letters belong to it.
    private mutating func takeNumber() -> String {
        let start = position
        let isHexadecimal = peek() == UInt8(ascii: "0") && peek(1).map { $0 | 0x20 } == UInt8(ascii: "x")
        let exponent = isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
        if isHexadecimal { position += 2 }
        while let byte = peek() {
            if byte | 0x20 == exponent, LuaLetter.isNameStart(byte) {
                position += 1
                if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            } else if LuaLetter.isNamePart(byte) || byte == UInt8(ascii: ".") {
                position += 1
            } else {
                break
            }
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func takeSymbol() -> String {
        let symbol = Self.longSymbols.first { bytes[position...].starts(with: $0) } ?? [bytes[position]]
        position += symbol.count
        return String(decoding: symbol, as: UTF8.self)
    }

    // MARK: What is between tokens

    private mutating func skipFirstLineComment() {
        guard peek() == UInt8(ascii: "#") else { return }
        skipLine()
    }

    private mutating func skipSpaceAndComments() {
        while let byte = peek() {
            if isLineEnd(byte) {
                takeLineEnd()
            } else if LuaLetter.isSpace(byte) {
                position += 1
            } else if byte == UInt8(ascii: "-"), peek(1) == UInt8(ascii: "-") {
                position += 2
                if let level = longBracketLevel() { _ = takeLongBracket(level: level) } else { skipLine() }
            } else {
                return
            }
        }
    }

    private mutating func skipLine() {
        while let byte = peek(), !isLineEnd(byte) { position += 1 }
    }

    func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// `\r\n` and `\n\r` are one end of a line, as for Lua.
    mutating func takeLineEnd() {
        let first = bytes[position]
        position += 1
        if let second = peek(), isLineEnd(second), second != first { position += 1 }
        line += 1
    }
}
