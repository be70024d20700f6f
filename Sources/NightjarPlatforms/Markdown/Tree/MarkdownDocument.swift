/// A Markdown text as a tree of plain values: parsed once, then laid out for any platform.
///
/// CommonMark with GitHub's tables, strikethrough, autolinks and task lists.
struct MarkdownDocument: Sendable, Equatable {
    var blocks: [MarkdownBlock]

    init(blocks: [MarkdownBlock]) {
        self.blocks = blocks
    }

    /// Every text is a document; there are no errors in Markdown.
    init(parsing markdown: String) {
        blocks = MarkdownPieces.pieces(of: Self.withPlainLineEnds(markdown)).flatMap(MarkdownParser.blocks)
    }

    /// The parser keeps the line ends of code as they are.
    private static func withPlainLineEnds(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
        var result = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar != "\n" || last != "\r" { result.append(scalar == "\r" ? "\n" : scalar) }
            last = scalar
        }
        return String(result)
    }
}
