/// Text as Slack sends it (https://docs.slack.dev/messaging/formatting-message-text): `&`, `<` and `>` are entities, and what stands
/// between angle brackets is a link, a mention or a command.
enum SlackText {
    /// The text as its author sees it. Mentions of people stay as they are, `<@U123>`, since scripts need to know who is meant.
    static func plain(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            result += unescaped(rest[..<start])
            let after = rest.index(after: start)
            guard let end = rest[after...].firstIndex(where: { $0 == ">" || $0 == "<" }), rest[end] == ">" else {
                result.append("<")
                rest = rest[after...]
                continue
            }
            result += shown(rest[after..<end])
            rest = rest[rest.index(after: end)...]
        }
        // No text has a use for it, and not every store can keep it.
        return (result + unescaped(rest)).replacing("\0", with: "")
    }

    /// The text without the mentions of `users` that it begins with.
    static func removingMentions(of users: [String], from text: String) -> Substring {
        var rest = text.drop(while: \.isWhitespace)
        while let mention = leadingMention(rest), users.isEmpty || users.contains(mention.user) {
            rest = rest[mention.end...].drop(while: \.isWhitespace)
            if users.isEmpty { break }
        }
        return rest
    }

    static func mentions(_ users: [String], in text: String) -> Bool {
        users.contains { text.contains("<@\($0)>") || text.contains("<@\($0)|") }
    }

    private static func leadingMention(_ text: Substring) -> (user: String, end: Substring.Index)? {
        guard text.hasPrefix("<@"), let end = text.prefix(SlackLimits.idBytesMax * 4).firstIndex(of: ">") else { return nil }
        let user = text[..<end].dropFirst(2).prefix { $0 != "|" }
        return (String(user), text.index(after: end))
    }

    /// What is seen of `<…>`.
    private static func shown(_ inside: Substring) -> String {
        let parts = inside.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map { unescaped($0) }
        let target = parts[0]
        let label = parts.count == 2 && !parts[1].isEmpty ? parts[1] : nil
        switch target.first {
        case "@": return "<\(target)>"
        case "#": return label.map { "#" + $0 } ?? "<\(target)>"
        case "!":
            // `<!here>`, `<!subteam^S1|@group>`, `<!date^…|text>`
            return label ?? "@" + String(target.dropFirst().prefix { $0 != "^" })
        default:
            let address = target.hasPrefix("mailto:") ? String(target.dropFirst("mailto:".count)) : target
            guard let label, label != address else { return address }
            // An address that Slack itself made a link of is shown as it was typed.
            return address.hasSuffix("://" + label) ? label : "\(label) (\(address))"
        }
    }

    private static func unescaped(_ text: Substring) -> String {
        guard text.contains("&") else { return String(text) }
        // The ampersand last: what it makes is text and no entity again.
        return String(text).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    /// Text as mrkdwn that shows just that.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// Markdown in which Slack sees no mention: a joiner, which nobody sees, parts the bracket from its sign.
    static func withoutMentions(_ markdown: String) -> String {
        guard markdown.contains("<") else { return markdown }
        var result = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in markdown.unicodeScalars {
            if last == "<", scalar == "!" || scalar == "@" || scalar == "#" { result.append("\u{2060}") }
            result.append(scalar)
            last = scalar
        }
        return String(result)
    }
}
