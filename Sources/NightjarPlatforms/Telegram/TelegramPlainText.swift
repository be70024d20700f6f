/// Telegram's HTML as plain text, for markup that Telegram does not take: tags are left out, entities are what they stand for.
///
/// It is read as it comes, for it may well be wrong: what only looks like a tag, and what no entity is, stays.
enum TelegramPlainText {
    static func of(html: String) -> String {
        var result = ""
        var rest = html[...]
        while let index = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
            result += rest[..<index]
            rest = rest[index...]
            if let end = endOfTag(rest) {
                rest = rest[end...]
            } else if let (text, end) = entity(rest) {
                result += text
                rest = rest[end...]
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result + rest
    }

    /// Whether there is something to be seen, apart from tags.
    static func isBlank(html: String) -> Bool {
        of(html: html).allSatisfy(\.isWhitespace)
    }

    private static func endOfTag(_ text: Substring) -> Substring.Index? {
        guard text.hasPrefix("<") else { return nil }
        let name = text.dropFirst().drop { $0 == "/" }
        guard let first = name.first, first.isASCII, first.isLetter, let end = name.firstIndex(where: { $0 == ">" || $0 == "<" }),
            name[end] == ">"
        else { return nil }
        return name.index(after: end)
    }

    private static func entity(_ text: Substring) -> (text: String, end: Substring.Index)? {
        // The longest is &#x10FFFF;
        guard text.hasPrefix("&"), let end = text.prefix(10).firstIndex(of: ";") else { return nil }
        let name = text[text.index(after: text.startIndex)..<end]
        guard let meaning = named[String(name)] ?? numbered(name) else { return nil }
        return (meaning, text.index(after: end))
    }

    private static let named = ["lt": "<", "gt": ">", "amp": "&", "quot": "\""]

    private static func numbered(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
        let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String($0) }
    }
}
