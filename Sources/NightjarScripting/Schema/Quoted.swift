/// Words of a person's own, made fit to be shown in an error.
enum Quoted {
    /// Letters of a person's text that an error repeats: enough to recognise it.
    private static let lengthMax = 40

    /// `"text"`, on one line, shortened.
    static func text(_ text: String) -> String { "\"\(plain(text))\"" }

    /// The text without what could disturb a terminal, shortened.
    static func plain(_ text: String) -> String {
        // A character can be any number of scalars, so scalars are counted.
        let shown = printable(text.unicodeScalars.prefix(lengthMax))
        return text.unicodeScalars.dropFirst(lengthMax).isEmpty ? shown : shown + "…"
    }

    /// The text with escapes in place of what could disturb a terminal.
    static func printable(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        scalars.map { isUnsafe($0) ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
    }

    /// `'a', 'b' or 'c'`
    static func choice(_ words: [String], mark: String = "'") -> String {
        let quoted = words.map { mark + $0 + mark }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return "\(quoted.dropLast().joined(separator: ", ")) or \(last)"
    }

    /// Control characters, and those that turn the direction of the text around them.
    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            || scalar.value == 0x2028 || scalar.value == 0x2029
    }
}
