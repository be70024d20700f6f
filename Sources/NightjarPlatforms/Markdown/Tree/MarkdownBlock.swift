/// A block of a document: what stands on lines of its own.
enum MarkdownBlock: Sendable, Equatable {
    case paragraph([MarkdownInline])
    /// Levels 1 to 6.
    case heading(level: Int, [MarkdownInline])
    /// The text as it stands between the fences, without the last line's end.
    case code(language: String?, String)
    case quote([MarkdownBlock])
    case list(MarkdownList)
    case table(MarkdownTable)
    /// Raw HTML, which is shown as text.
    case html(String)
    case rule
}
