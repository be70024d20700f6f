/// Reads messages as their platform would, strictly: nil where something is open at the end or stands in the wrong place.
enum ShownText {
    /// The text of Telegram's HTML: only tags that Telegram knows, each closed in order, nothing in code, no quote in a quote and no
    /// link in a link; no stray `<`, `>` or `&`.
    static func ofTelegram(_ html: String) -> String? {
        var text = String.UnicodeScalarView()
        var open: [String] = []
        var rest = html.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "<":
                guard let end = rest.firstIndex(of: ">") else { return nil }
                guard pass(tag: String(rest[..<end]), &open) else { return nil }
                rest = rest[rest.index(after: end)...]
            case ">": return nil
            case "&":
                guard let end = rest.prefix(5).firstIndex(of: ";"), let shown = entities[String(rest[..<end])] else { return nil }
                text.append(shown)
                rest = rest[rest.index(after: end)...]
            default: text.append(scalar)
            }
        }
        return open.isEmpty ? String(text) : nil
    }

    private static let entities: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">"]

    private static func pass(tag: String, _ open: inout [String]) -> Bool {
        if tag.hasPrefix("/") { return open.popLast() == String(tag.dropFirst()) }
        let name = String(tag.prefix { $0 != " " })
        let isInCode = open.contains("code") || open.contains("pre") && !(name == "code" && open.last == "pre")
        guard !isInCode, !open.contains(name) else { return false }
        open.append(name)
        switch name {
        case "b", "i", "s", "pre", "blockquote": return tag == name
        case "code":
            guard tag != "code" else { return true }
            return open.dropLast().last == "pre" && tag.hasPrefix("code class=\"language-") && tag.filter { $0 == "\"" }.count == 2
        case "a": return tag.hasPrefix("a href=\"http") && tag.hasSuffix("\"") && tag.filter { $0 == "\"" }.count == 2
        default: return false
        }
    }

    /// The text of mrkdwn without entities, links taken for their text: `<` only for links to known schemes, and fences closed.
    static func ofSlack(_ text: String) -> String? {
        guard fencesAreClosed(text) else { return nil }
        var shown = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "<":
                guard let end = rest.firstIndex(of: ">") else { return nil }
                let link = String(rest[..<end])
                let isKnown = ["https://", "http://", "mailto:"].contains { link.lowercased().hasPrefix($0) }
                guard isKnown, !link.contains("<") else { return nil }
                shown.append(contentsOf: (link.split(separator: "|", maxSplits: 1).last ?? "").unicodeScalars)
                rest = rest[rest.index(after: end)...]
            case "&":
                guard let end = rest.prefix(5).firstIndex(of: ";"), let scalar = entities[String(rest[..<end])] else { return nil }
                shown.append(scalar)
                rest = rest[rest.index(after: end)...]
            default: shown.append(scalar)
            }
        }
        return String(shown)
    }

    /// Whether every fence is closed, read scalar by scalar.
    static func fencesAreClosed(_ text: String) -> Bool {
        var count = 0
        var run = 0
        for scalar in text.unicodeScalars {
            run = scalar == "`" ? run + 1 : 0
            if run == 3 { (count, run) = (count + 1, 0) }
        }
        return count.isMultiple(of: 2)
    }

    /// Letters, digits and other signs that are no marks of any dialect: what must neither be lost nor added.
    static func words(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { scalar in
            scalar.value > 0x20 && !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
                && !"*_~`\\<>[]()#|-&;".unicodeScalars.contains(scalar)
        }
    }
}
