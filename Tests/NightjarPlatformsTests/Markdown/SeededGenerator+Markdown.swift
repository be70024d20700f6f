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

    /// Markdown of the pieces that parsers, dialects and the splitter stumble over.
    mutating func hostileMarkdown(pieces count: Int) -> String {
        var text = ""
        for _ in 0..<count {
            let piece = Self.pieces.randomElement(using: &self) ?? ""
            let times = Int.random(in: 0..<40, using: &self) == 0 ? Int.random(in: 1..<300, using: &self) : 1
            text += String(repeating: piece, count: times)
        }
        return text
    }

    private static let pieces = [
        "*", "**", "_", "__", "~", "~~", "`", "``", "```", "```swift\n", "~~~\n", "\n", "\n", "\n\n", "\n\n", "\r\n", "  \n", "\\\n",
        " ", " ",
        "\t", "    ", "# ", "#### ", "> ", "\n> ", ">", "- ", "\n- ", "\n  - ", "\n1. ", "99999999. ", "- [ ] ", "- [x] ", "---\n", "===\n",
        "|", "|a|b|\n|-|:-:|\n|c|d|\n", "\n|-|-|\n", "[", "]", "[a](", "](https://b.c)", "[d *e*](http://f.g/h?i=j&k=l)",
        "![m](https://n.o)",
        "[p](javascript:q)", "<https://r.s/t_u_v>", "https://w.x/y", "www.z.de", "a@b.cd", "[a]: https://b.c\n", "[a]", "(", ")", "<",
        ">", "&",
        "&amp;", "&#64;", "&lt;", "&nbsp;", "<b>", "</b>", "<br>", "</code>", "</pre>", "<!--", "-->", "<!channel>", "<@U1>",
        "@everyone", "@",
        "everyone", "here", "\\", "\\*", "\\`", "\\<", "word", "two words", "Sentence. ", "Long sentence that goes on, and on! ", "x",
        "1.", "é",
        "e\u{301}\u{302}", "\u{301}", "👩‍👩‍👧‍👦", "🇩🇪", "\u{200B}", "\u{200D}", "\u{202E}", "\u{FEFF}", "\u{0}", "\u{1B}[2J", "שלום",
        "中文字", "。",
    ]
}
