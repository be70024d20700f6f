/// Short random names that people can type: lower-case base 32 without the letters i, l, o and u (Crockford's alphabet).
enum RandomIdentifier {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// - Parameter length: characters, at most 12; each carries 5 random bits.
    static func make(length: Int) -> String {
        text(.random(in: .min ... .max), digits: length)
    }

    /// The lowest bits of a number, the highest digit first, so that names sort as their numbers do.
    static func text(_ number: UInt64, digits: Int) -> String {
        var bits = number
        return String(unsafeUninitializedCapacity: digits) { buffer in
            for index in (0..<digits).reversed() {
                buffer[index] = alphabet[Int(bits & 31)]
                bits >>= 5
            }
            return digits
        }
    }
}
