/// For places that read Markdown as it is and have no limit: programs behind a webhook, the terminal, the log.
public struct PlainLayout: TextLayout {
    public init() {}

    public func render(markdown: String) -> [String] { [markdown] }

    public func split(_ text: String) -> [String] { [text] }
}
