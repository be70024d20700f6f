/// Characters that show nothing.
enum InvisibleText {
    /// Between a mark and a letter, so that the mark is or is not one; and within words that must not be formed.
    static let zeroWidthSpace: Unicode.Scalar = "\u{200B}"

    /// White space and what has no width: a message of nothing else is empty to people and to platforms.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            ? scalar.value <= 0x20 || scalar.value == 0x7F
            : scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint || scalar.value < 0xA0
    }

    static func isInvisible(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy(isInvisible)
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar.value == 0x20 || (0x9...0xD).contains(scalar.value) : scalar.properties.isWhitespace
    }

    /// Letters, digits and the marks on them.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x30...0x39).contains(scalar.value) || (0x41...0x5A).contains(scalar.value & ~0x20) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark,
            .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }

    /// Text without control characters other than tabs: they are no part of an answer, and no platform shows them.
    static func removingControls(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 ? scalar != "\t" : (0x7F...0x9F).contains(scalar.value)
    }
}
