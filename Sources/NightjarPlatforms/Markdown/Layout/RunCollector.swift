/// Collects the inlines of a block as lines of runs.
///
/// Soft breaks end lines as hard ones do: models write them where they want a new line, and chats show those of people too.
struct RunCollector {
    private let dialect: any MarkdownDialect
    /// Longest address that becomes a link, in UTF-16 units: it stands in every piece of its text. With 0 there are no links.
    private let addressMax: Int
    /// What a break is where lines cannot end, as in headings and cells.
    private let breakText: String?
    private var lines: [[StyledRun]] = [[]]

    /// - Parameter breakText: nil: breaks end lines.
    static func lines(
        _ inlines: [MarkdownInline], in dialect: any MarkdownDialect, addressMax: Int, marks: [TextMark] = [], breakText: String? = nil
    ) -> [[StyledRun]] {
        var collector = RunCollector(dialect: dialect, addressMax: addressMax, breakText: breakText)
        for inline in inlines { collector.add(inline, marks) }
        return collector.lines
    }

    private init(dialect: any MarkdownDialect, addressMax: Int, breakText: String?) {
        self.dialect = dialect
        self.addressMax = addressMax
        self.breakText = breakText
    }

    private mutating func add(_ inline: MarkdownInline, _ marks: [TextMark]) {
        switch inline {
        case .text(let text): append(text, marks)
        case .code(let text): append(text, marks, .code)
        case .html(let html): HTMLText.isBreak(html) ? addBreak(marks) : append(html, marks)
        case .softBreak, .hardBreak: addBreak(marks)
        case .emphasis(let inner): add(inner, marks, .italic)
        case .strong(let inner): add(inner, marks, .bold)
        case .strikethrough(let inner): add(inner, marks, .strike)
        case .link(let url, let inner): addLink(url, inner, marks)
        case .image(let url, let inner): addLink(url, inner, marks)
        }
    }

    private mutating func add(_ inlines: [MarkdownInline], _ marks: [TextMark], _ mark: TextMark) {
        let all = marks.contains(mark) ? marks : marks + [mark]
        for inline in inlines { add(inline, all) }
    }

    private mutating func addBreak(_ marks: [TextMark]) {
        if let breakText { append(breakText, marks) } else { lines.append([]) }
    }

    private mutating func append(_ text: String, _ marks: [TextMark], _ kind: StyledRun.Kind = .text) {
        let text = InvisibleText.removingControls(text)
        guard !text.isEmpty else { return }
        let line = lines.count - 1
        if kind == .text, let last = lines[line].last, last.kind == .text, last.marks == marks {
            lines[line][lines[line].count - 1].text += text
        } else {
            lines[line].append(StyledRun(text: text, kind: kind, marks: marks))
        }
    }

    /// A link is one where the platform has such links, else its text and, if it differs, its address. In a link there are no others.
    private mutating func addLink(_ url: String, _ inner: [MarkdownInline], _ marks: [TextMark]) {
        guard !marks.contains(where: \.isLink) else { return inner.forEach { add($0, marks) } }
        let label = inner.map(\.words).joined()
        let address = LinkAddress(url, label: label)
        let written = dialect.address(address.url)
        let fits = written.utf16.count <= addressMax
        if fits, dialect.linkSchemes.contains(address.scheme), !dialect.showsAddress(of: address) {
            return add(inner, marks, .link(written))
        }
        let isShownAsIs = fits && (address.scheme == "http" || address.scheme == "https")
        switch address.label {
        case .isAddress where isShownAsIs: append(written, marks, .address)
        case .isAddress: append(label, marks)
        case .isEmpty: isShownAsIs ? append(written, marks, .address) : append(url, marks)
        case .isLikeAddress where isShownAsIs && dialect.linkSchemes.contains(address.scheme): append(written, marks, .address)
        case .isText, .isLikeAddress:
            inner.forEach { add($0, marks) }
            guard !url.isEmpty else { return }
            append(" (", marks)
            isShownAsIs ? append(written, marks, .address) : append(url, marks)
            append(")", marks)
        }
    }
}
