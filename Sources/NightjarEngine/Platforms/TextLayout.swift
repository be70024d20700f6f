/// How a platform shows text, and how much of it goes into one message.
public protocol TextLayout: Sendable {
    /// Markdown in the platform's own dialect, cut into messages that are not too long. Never empty.
    func render(markdown: String) -> [String]

    /// Text that is in the platform's dialect already, cut into messages that are not too long. Never empty.
    func split(_ text: String) -> [String]
}
