import NightjarEngine

/// A platform's layout: Markdown in its dialect, in messages that it takes.
struct DialectLayout: TextLayout {
    /// What stands for a text that shows nothing: platforms refuse empty messages, and the person waits for an answer.
    private static let nothing = ["(no text)"]

    private let renderer: MarkdownRenderer

    init(platform: String) {
        renderer = MarkdownRenderer(platform: platform)
    }

    func render(markdown: String) -> [String] {
        let messages = renderer.render(markdown)
        return messages.isEmpty ? Self.nothing : messages
    }

    func split(_ text: String) -> [String] {
        let messages = renderer.split(text)
        return messages.isEmpty ? Self.nothing : messages
    }
}
