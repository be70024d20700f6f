/// A style, or a link's address, that a run of text carries.
enum TextMark: Sendable, Hashable {
    case bold, italic, strike
    /// The address as the dialect writes it, see ``MarkdownDialect/address(_:)``.
    case link(String)

    var isLink: Bool {
        if case .link = self { true } else { false }
    }
}
