/// Reads Telegram's HTML as its server does: https://core.telegram.org/bots/api#html-style. Every tag is closed, in order, and is one
/// that Telegram knows.
struct StandInTelegramHTML {
    private static let tags: Set<String> = [
        "b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "tg-emoji", "code", "pre", "blockquote",
    ]
    private static let entities = ["lt": "<", "gt": ">", "amp": "&", "quot": "\""]

    private var rest: Substring
    private let start: String
    private var text = ""
    private var open: [String] = []

    /// - Returns: what a person sees.
    /// - Throws: ``StandInTelegramRefusal``
    static func text(of html: String) throws(StandInTelegramRefusal) -> String {
        var reader = StandInTelegramHTML(rest: html[...], start: html)
        return try reader.read()
    }

    private init(rest: Substring, start: String) {
        self.rest = rest
        self.start = start
    }

    private mutating func read() throws(StandInTelegramRefusal) -> String {
        while let character = rest.first {
            switch character {
            case "<": try tag()
            case "&": entity()
            default: text.append(rest.removeFirst())
            }
        }
        if let name = open.last { throw error("Can't find end tag corresponding to start tag \"\(name)\"") }
        return text
    }

    private mutating func tag() throws(StandInTelegramRefusal) {
        let offset = start.utf8.distance(from: start.startIndex, to: rest.startIndex)
        guard let end = rest.firstIndex(of: ">") else { throw error("Unclosed start tag at byte offset \(offset)") }
        let inner = rest[rest.index(after: rest.startIndex)..<end]
        rest = rest[rest.index(after: end)...]
        if inner.hasPrefix("/") {
            let name = inner.dropFirst().lowercased()
            guard let expected = open.popLast() else { throw error("Unexpected end tag at byte offset \(offset)") }
            guard expected == name else {
                throw error("Unmatched end tag at byte offset \(offset), expected \"</\(expected)>\", found \"</\(name)>\"")
            }
        } else {
            let name = inner.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }.lowercased()
            guard Self.tags.contains(name) else { throw error("Unsupported start tag \"\(name)\" at byte offset \(offset)") }
            open.append(name)
        }
    }

    private mutating func entity() {
        // What is no entity is text.
        if let end = rest.prefix(10).firstIndex(of: ";") {
            let name = rest[rest.index(after: rest.startIndex)..<end]
            if let meaning = Self.entities[String(name)] ?? Self.numbered(name) {
                text += meaning
                rest = rest[rest.index(after: end)...]
                return
            }
        }
        text.append(rest.removeFirst())
    }

    private static func numbered(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else { return nil }
        let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
        return number.flatMap(Unicode.Scalar.init).map { String($0) }
    }

    private func error(_ text: String) -> StandInTelegramRefusal {
        .badRequest("can't parse entities: \(text)")
    }
}
