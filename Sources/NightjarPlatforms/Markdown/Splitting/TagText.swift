/// HTML as Telegram reads it: tags, and text in which `<` is escaped.
enum TagText {
    /// The tags that are open after some text.
    /// - Parameter open: those open before it, outermost first, as they were written.
    static func open(after text: String, _ open: [String]) -> [String] {
        var open = open
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            rest = rest[start...]
            if rest.dropFirst().first == "/" {
                _ = open.popLast()
            } else {
                open.append(String(rest[...end]))
            }
            rest = rest[rest.index(after: end)...]
        }
        return open
    }

    static func name(of tag: String) -> String {
        String(tag.dropFirst().prefix { $0 != " " && $0 != ">" })
    }
}
