/// How one platform marks text. Whatever text is given, it cannot break out of its place.
protocol MarkdownDialect: LineDialect {
    /// Schemes of the addresses that can stand behind other text; of no others links are made.
    var linkSchemes: Set<String> { get }
    /// Where marks do not work without a zero-width space.
    var boundaries: MarkBoundaries { get }

    /// What an item of a list begins with; no number: a bullet.
    func marker(number: Int?) -> String
    /// What a line in a quote begins with; the signs of quotes in quotes are text, since no platform has such.
    func quotePrefix(depth: Int) -> String
    /// The sign of a heading that the platform knows; nil: it is a bold line.
    func headingPrefix(level: Int) -> String?

    /// An address as it stands in links.
    func address(_ url: String) -> String
    /// Whether a link shows its address in place of its text.
    func showsAddress(of address: LinkAddress) -> Bool
    /// An address that is shown, as ``address(_:)`` gave it.
    /// - Parameter next: what follows it on its line.
    func shown(_ address: String, next: Unicode.Scalar) -> String

    /// The run as the platform can show it: its marks in the order in which they may be nested.
    func adapted(_ run: StyledRun) -> StyledRun
    /// What opens and what closes a mark.
    func signs(of mark: TextMark) -> (open: String, close: String)
    /// Escapes text.
    /// - Parameters:
    ///   - before: what stands before it on its line; a space at the beginning.
    ///   - after: what follows it; a space at the end.
    func escape(_ text: String, in place: TextPlace, before: Unicode.Scalar, after: Unicode.Scalar) -> String
    /// Code in a line, escaped and between its signs.
    func code(_ text: String) -> String
    /// Whether a line that begins so would be taken for a heading, a quote or an item of a list.
    func opensBlock(_ text: String) -> Bool
}

/// See ``MarkdownDialect/boundaries``.
enum MarkBoundaries: Sendable {
    /// Tags need none.
    case none
    /// Between a closing and an opening mark.
    case betweenMarks
    /// There, and between a mark and a letter outside of it.
    case words
}

extension MarkdownDialect {
    func marker(number: Int?) -> String { number.map { "\($0). " } ?? "• " }

    func headingPrefix(level: Int) -> String? { nil }

    func showsAddress(of address: LinkAddress) -> Bool {
        address.label == .isEmpty || address.label == .isAddress && address.scheme != "mailto"
    }

    func adapted(_ run: StyledRun) -> StyledRun { run }

    func write(_ line: StyledLine) -> String { LineWriter.text(of: line, in: self) }

    func overheadMax(of run: StyledRun) -> Int {
        // With each, a zero-width space on both sides.
        let marks = adapted(run).marks.reduce(2) { $0 + signs(of: $1).open.utf16.count + signs(of: $1).close.utf16.count + 2 }
        switch run.kind {
        case .text: return marks
        // Its longest signs, and one that keeps them apart from back-quotes on both sides.
        case .code: return marks + "<code></code>".count + 2
        case .address: return marks + shown(run.text, next: "x").utf16.count
        }
    }

    /// A fence around code, for the dialects that have them; other contexts are in the lines themselves.
    func joinWithFences(from: LineContext?, to: LineContext?, namesLanguages: Bool) -> String {
        if from == to { return "\n" }
        var text = ""
        if from?.isCode == true { text += "\n```" }
        if from != nil, to != nil { text += "\n" }
        if case .code(let language) = to { text += "```" + (namesLanguages ? language ?? "" : "") + "\n" }
        return text
    }
}
