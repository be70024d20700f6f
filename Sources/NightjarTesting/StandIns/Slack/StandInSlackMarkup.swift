/// Checks mrkdwn as a strict reader would: Slack shows anything, but what is not escaped may call a whole channel.
enum StandInSlackMarkup {
    /// - Returns: what is wrong; nil when it parses and mentions nobody but people.
    static func fault(in text: String) -> String? {
        var rest = text[...]
        var isLineStart = true
        while let character = rest.popFirst() {
            switch character {
            case "&":
                guard let entity = ["amp;", "lt;", "gt;"].first(where: { rest.hasPrefix($0) }) else { return "a & that is no entity" }
                rest.removeFirst(entity.count)
            case "<":
                guard let end = rest.firstIndex(where: { $0 == ">" || $0 == "<" || $0.isNewline }), rest[end] == ">" else {
                    return "a < that is not closed"
                }
                if let fault = fault(ofReference: rest[..<end]) { return fault }
                rest = rest[rest.index(after: end)...]
            case ">" where !isLineStart:
                return "a > that is not escaped"
            default: break
            }
            isLineStart = character.isNewline || (isLineStart && (character == ">" || character == " "))
        }
        return text.ranges(of: "```").count.isMultiple(of: 2) ? nil : "a code block that is not closed"
    }

    private static func fault(ofReference inside: Substring) -> String? {
        let target = inside.prefix { $0 != "|" }
        switch target.first {
        case "@", "#": return target.count > 1 ? nil : "a mention of nobody"
        case "!": return target.hasPrefix("!date^") ? nil : "a mention of everybody: <\(target)>"
        default:
            let schemes = ["http://", "https://", "mailto:", "tel:", "slack:"]
            return schemes.contains(where: target.hasPrefix) ? nil : "a link to nowhere: <\(target)>"
        }
    }
}
