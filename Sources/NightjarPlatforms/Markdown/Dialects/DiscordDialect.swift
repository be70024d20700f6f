import NightjarEngine

/// Discord's Markdown. A backslash escapes in text and nothing does in code; mentions are broken in both, beside the
/// `allowed_mentions` that messages carry.
struct DiscordDialect: MarkdownDialect {
    let linkSchemes: Set = ["http", "https"]
    let boundaries = MarkBoundaries.betweenMarks

    func marker(number: Int?) -> String { number.map { "\($0). " } ?? "- " }

    func quotePrefix(depth: Int) -> String {
        depth == 0 ? "" : "> " + String(repeating: "\\> ", count: depth - 1)
    }

    func headingPrefix(level: Int) -> String? {
        level <= 3 ? String(repeating: "#", count: level) + " " : nil
    }

    /// Parentheses would end a link.
    func address(_ url: String) -> String { Self.breakingMentions(LinkAddress.encoded(url, also: "()"), at: "%40") }

    /// Discord makes no link of a text that is an address itself.
    func showsAddress(of address: LinkAddress) -> Bool { address.label != .isText }

    /// Discord takes all up to the next white space for the address, unless it is told.
    func shown(_ address: String, next: Unicode.Scalar) -> String {
        InvisibleText.isSpace(next) ? address : "<\(address)>"
    }

    /// A link is around its marks, so that they do not cut it.
    func adapted(_ run: StyledRun) -> StyledRun {
        guard let link = run.marks.first(where: \.isLink) else { return run }
        return StyledRun(text: run.text, kind: run.kind, marks: [link] + run.marks.filter { !$0.isLink })
    }

    func signs(of mark: TextMark) -> (open: String, close: String) {
        switch mark {
        case .bold: ("**", "**")
        case .italic: ("*", "*")
        case .strike: ("~~", "~~")
        case .link(let address): ("[", "](\(address))")
        }
    }

    func escape(_ text: String, in place: TextPlace, before: Unicode.Scalar, after: Unicode.Scalar) -> String {
        switch place {
        case .text, .label: DialectEscape.markdown(Self.breakingMentions(text))
        case .code, .fence: Self.breakingMentions(FenceText.breaking(text))
        }
    }

    /// With a back-quote in it, code stands between two of them, and two in a row are kept apart.
    func code(_ text: String) -> String {
        let text = Self.breakingMentions(text)
        guard text.unicodeScalars.contains("`") else { return "`\(text)`" }
        let inner = DialectEscape.breakingFences(text)
        let start = inner.unicodeScalars.first == "`" ? " " : ""
        let end = inner.unicodeScalars.last == "`" ? " " : ""
        return "``" + start + inner + end + "``"
    }

    func costMax(of scalar: Unicode.Scalar, in place: TextPlace) -> Int {
        switch scalar {
        case "\\", "*", "_", "~", "`", "|", "<", ">", "#", "[", "]", "@": 2
        default: scalar.utf16.count
        }
    }

    func opensBlock(_ text: String) -> Bool { BlockSigns.begin(text) }

    func join(from: LineContext?, to: LineContext?) -> String { joinWithFences(from: from, to: to, namesLanguages: true) }

    /// Text in which no `@everyone`, `@here` or `<@id>` is.
    /// - Parameter sign: what stands for the `@` of such words.
    private static func breakingMentions(_ text: String, at sign: String = "@\u{200B}") -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        var result = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        var last: Unicode.Scalar?
        while let scalar = rest.popFirst() {
            if scalar == "@", last == "<" || rest.starts(with: "everyone".unicodeScalars) || rest.starts(with: "here".unicodeScalars) {
                result.append(contentsOf: sign.unicodeScalars)
            } else {
                result.append(scalar)
            }
            last = scalar
        }
        return String(result)
    }
}
