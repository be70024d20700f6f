/// The beginning of a text on one line.
enum TextPreview {
    /// Bytes that a character may take on average. A letter can carry any number of combining marks, so counting characters alone
    /// bounds nothing.
    private static let bytesPerCharacterMax = 16

    /// White space becomes single spaces. Control and direction-override characters, which could disturb the lines around the
    /// preview, go. A text that is too long ends in an ellipsis, cut between two characters as people see them.
    /// - Parameter lengthMax: characters, the ellipsis included.
    static func line(_ text: String, lengthMax: Int) -> String {
        var shown: [Character] = []
        var bytes = 0
        for character in text {
            if character.isWhitespace {
                if let last = shown.last, last != " " { shown.append(" ") }
                continue
            }
            if let first = character.unicodeScalars.first, isUnsafe(first) { continue }
            bytes += character.utf8.count
            guard shown.count < lengthMax, bytes <= lengthMax * bytesPerCharacterMax else {
                return String(trimmingEnd(shown.prefix(lengthMax - 1))) + "…"
            }
            shown.append(character)
        }
        return String(trimmingEnd(shown[...]))
    }

    private static func trimmingEnd(_ characters: ArraySlice<Character>) -> ArraySlice<Character> {
        characters.last == " " ? characters.dropLast() : characters
    }

    /// Both kinds are always characters of their own, never part of a larger one.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: true
        case .format: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        default: false
        }
    }
}
