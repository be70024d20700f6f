/// What stands around lines, and must be closed and opened again where a text is cut.
enum LineContext: Sendable, Equatable {
    case text
    case quote
    case code(language: String?)
    /// Text that is in its dialect already: what has been opened in it, outermost first.
    case verbatim(open: [String])

    var isCode: Bool {
        if case .code = self { true } else { false }
    }
}
