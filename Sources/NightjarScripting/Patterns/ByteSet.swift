/// The bytes that one place of a pattern stands for.
struct ByteSet: Sendable, Equatable {
    private var bits = SIMD4<UInt64>.zero

    init(where isIn: (UInt8) -> Bool) {
        for byte in UInt8.min...UInt8.max where isIn(byte) { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    }

    static let all = ByteSet { _ in true }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }
}

extension ByteSet {
    /// Whether a byte is of the class `%letter`, in the locale C: what is not ASCII is in none of them. Any other letter is itself.
    static func isClass(_ letter: UInt8, of byte: UInt8) -> Bool {
        guard let isIn = isLowerClass(letter | 0x20, of: byte), isLetter(letter) else { return byte == letter }
        return isUpper(letter) ? !isIn : isIn
    }

    private static func isLowerClass(_ letter: UInt8, of byte: UInt8) -> Bool? {
        switch letter {
        case UInt8(ascii: "a"): isLetter(byte)
        case UInt8(ascii: "c"): byte < 0x20 || byte == 0x7f
        case UInt8(ascii: "d"): isDigit(byte)
        case UInt8(ascii: "g"): isPrinted(byte)
        case UInt8(ascii: "l"): isLetter(byte) && !isUpper(byte)
        case UInt8(ascii: "p"): isPrinted(byte) && !isLetter(byte) && !isDigit(byte)
        case UInt8(ascii: "s"): byte == 0x20 || (0x09...0x0d).contains(byte)
        case UInt8(ascii: "u"): isUpper(byte)
        case UInt8(ascii: "w"): isLetter(byte) || isDigit(byte)
        case UInt8(ascii: "x"): isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
        // Not in the manual any more, and still there.
        case UInt8(ascii: "z"): byte == 0
        default: nil
        }
    }

    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { isUpper(byte & ~0x20) && byte & 0x80 == 0 }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isPrinted(_ byte: UInt8) -> Bool { (0x21...0x7e).contains(byte) }
}
