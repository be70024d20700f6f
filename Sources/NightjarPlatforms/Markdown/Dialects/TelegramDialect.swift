import NightjarEngine

/// Telegram's HTML. Only the tags written here are sent; `< > &` of any text are escaped.
struct TelegramDialect: MarkdownDialect {
    let linkSchemes: Set = ["http", "https"]
    let boundaries = MarkBoundaries.none

    func quotePrefix(depth: Int) -> String {
        String(repeating: "&gt; ", count: max(0, depth - 1))
    }

    /// Quotes and `< >` are among what is always encoded.
    func address(_ url: String) -> String {
        DialectEscape.entities(LinkAddress.encoded(url, also: ""))
    }

    /// Telegram finds addresses by itself.
    func shown(_ address: String, next: Unicode.Scalar) -> String { address }

    /// Code cannot have other marks. In a link it is text, since the link is worth more.
    func adapted(_ run: StyledRun) -> StyledRun {
        guard run.kind == .code else { return run }
        return run.marks.contains(where: \.isLink)
            ? StyledRun(text: run.text, marks: run.marks) : StyledRun(text: run.text, kind: .code)
    }

    func signs(of mark: TextMark) -> (open: String, close: String) {
        switch mark {
        case .bold: ("<b>", "</b>")
        case .italic: ("<i>", "</i>")
        case .strike: ("<s>", "</s>")
        case .link(let address): ("<a href=\"\(address)\">", "</a>")
        }
    }

    func escape(_ text: String, in place: TextPlace, before: Unicode.Scalar, after: Unicode.Scalar) -> String {
        DialectEscape.entities(text)
    }

    func code(_ text: String) -> String { "<code>\(DialectEscape.entities(text))</code>" }

    func costMax(of scalar: Unicode.Scalar, in place: TextPlace) -> Int {
        switch scalar {
        case "&": 5
        case "<", ">": 4
        default: scalar.utf16.count
        }
    }

    func opensBlock(_ text: String) -> Bool { false }

    func join(from: LineContext?, to: LineContext?) -> String {
        if from == to { return "\n" }
        return (from.map { tags(of: $0).close } ?? "") + (from != nil && to != nil ? "\n" : "") + (to.map { tags(of: $0).open } ?? "")
    }

    private func tags(of context: LineContext) -> (open: String, close: String) {
        switch context {
        case .text, .verbatim: ("", "")
        case .quote: ("<blockquote>", "</blockquote>")
        case .code(nil): ("<pre>", "</pre>")
        case .code(let language?): ("<pre><code class=\"language-\(language)\">", "</code></pre>")
        }
    }
}
