/// Short random names that people can type: lower-case base 32 without the letters i, l, o and u (Crockford's alphabet).
enum RandomIdentifier {
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// - Parameter length: characters, at most 12; each carries 5 random bits.
    static func make(length: Int) -> String {
        var bits = UInt64.random(in: .min ... .max)
        return String(unsafeUninitializedCapacity: length) { buffer in
            for index in 0..<length {
                buffer[index] = alphabet[Int(bits & 31)]
                bits >>= 5
            }
            return length
        }
    }
}
