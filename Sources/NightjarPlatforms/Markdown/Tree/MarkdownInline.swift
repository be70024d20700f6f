/// A part of a line of text.
indirect enum MarkdownInline: Sendable, Equatable {
    case text(String)
    case code(String)
    /// Raw HTML, which is shown as text.
    case html(String)
    /// A line's end that is none in books. In chats it is one, see ``MarkdownLayout``.
    case softBreak
    case hardBreak
    case emphasis([MarkdownInline])
    case strong([MarkdownInline])
    case strikethrough([MarkdownInline])
    case link(url: String, [MarkdownInline])
    /// Its inlines are the text that stands for it.
    case image(url: String, [MarkdownInline])

    /// Its text without marks and addresses.
    var words: String {
        switch self {
        case .text(let text), .code(let text), .html(let text): text
        case .softBreak, .hardBreak: " "
        case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .link(_, let inner), .image(_, let inner):
            inner.map(\.words).joined()
        }
    }
}
