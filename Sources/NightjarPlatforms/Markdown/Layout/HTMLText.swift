/// What is known of raw HTML: no platform gets any, all of it is shown as text but for the line break that Markdown's tables lack.
enum HTMLText {
    /// Whether a tag is `<br>`, as HTML or XHTML write it.
    static func isBreak(_ tag: String) -> Bool {
        tag.count <= 8 && ["<br>", "<br/>"].contains(tag.lowercased().filter { $0 != " " })
    }
}
