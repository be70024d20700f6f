/// Random numbers that are the same in every run (SplitMix64), so that a failing case can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }

    /// Text of the pieces that parsers and formatters stumble over.
    mutating func hostileText(pieces count: Int) -> String {
        var text = ""
        for _ in 0..<count { text += Self.pieces.randomElement(using: &self) ?? "" }
        return text
    }

    private static let pieces = [
        "/", "!nj", "run", "agent", "task", "status", "list", " ", "\n", "\t", "\"", "'", "“", "”", "„", "‘", "’", "«", "»", "\\", "`",
        "```", "--", "—", "=", "--key=", "<@U1>", "<", ">", "&", "&amp;", "<b>", "</code>", "@", "*", "_", "a", "don't", "é",
        "e\u{301}\u{302}", "👩‍👩‍👧‍👦", "🇩🇪", "\u{200B}", "\u{200D}", "\u{200F}", "\u{202E}", "\u{FEFF}", "\u{FFFD}", "\u{0}", "\u{1B}[2J", "שלום",
    ]
}
