import NightjarEngine

/// mrkdwn. `& < >` are escaped everywhere, in code too, so no text can form `<!channel>` or a link.
struct SlackDialect: MarkdownDialect {
    let linkSchemes: Set = ["http", "https", "mailto"]
    let boundaries = MarkBoundaries.words

    func quotePrefix(depth: Int) -> String {
        depth == 0 ? "" : "> " + String(repeating: "&gt; ", count: depth - 1)
    }

    /// `|` and `>` are among what is always encoded.
    func address(_ url: String) -> String {
        DialectEscape.entities(LinkAddress.encoded(url, also: ""))
    }

    func shown(_ address: String, next: Unicode.Scalar) -> String { "<\(address)>" }

    /// Slack reads no marks in a link's text: they go around it, and code is text there.
    func adapted(_ run: StyledRun) -> StyledRun {
        guard let link = run.marks.first(where: \.isLink) else { return run }
        return StyledRun(text: run.text, marks: run.marks.filter { !$0.isLink } + [link])
    }

    func signs(of mark: TextMark) -> (open: String, close: String) {
        switch mark {
        case .bold: ("*", "*")
        case .italic: ("_", "_")
        case .strike: ("~", "~")
        case .link(let address): ("<\(address)|", ">")
        }
    }

    func escape(_ text: String, in place: TextPlace, before: Unicode.Scalar, after: Unicode.Scalar) -> String {
        switch place {
        case .text: DialectEscape.entities(QuietMarks.quiet(text, before: before, after: after))
        case .label, .code, .fence: DialectEscape.entities(FenceText.breaking(text))
        }
    }

    func code(_ text: String) -> String { DialectEscape.entities(QuietMarks.code(text)) }

    func costMax(of scalar: Unicode.Scalar, in place: TextPlace) -> Int {
        switch scalar {
        case "&": 5
        case "<", ">": 4
        case "*", "_", "~", "`": 3
        default: scalar.utf16.count
        }
    }

    /// Slack takes `&gt;` at the beginning of a line for a quote, too.
    func opensBlock(_ text: String) -> Bool { text.unicodeScalars.first == ">" }

    func join(from: LineContext?, to: LineContext?) -> String { joinWithFences(from: from, to: to, namesLanguages: false) }
}
