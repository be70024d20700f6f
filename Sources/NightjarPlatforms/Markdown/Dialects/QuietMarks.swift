/// Text in dialects that have marks and no escape for them, as Slack's mrkdwn and WhatsApp's.
///
/// Such a mark counts where its inner side touches text and its outer side does not touch a letter: `*so*`, not `2 * 3` nor
/// `snake_case_name`. A zero-width space between a mark and the text it would enclose takes the mark's meaning and changes nothing
/// to see; it is put only where the mark could count.
enum QuietMarks {
    static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "*" || scalar == "_" || scalar == "~" || scalar == "`"
    }

    static func quiet(_ text: String, before: Unicode.Scalar, after: Unicode.Scalar) -> String {
        guard text.unicodeScalars.contains(where: isMark) else { return text }
        var result = String.UnicodeScalarView()
        var last = before
        var scalars = text.unicodeScalars.makeIterator()
        var current = scalars.next()
        while let scalar = current {
            let next = scalars.next()
            if isMark(scalar) {
                let follower = next ?? after
                let opens = !InvisibleText.isWord(last) && !InvisibleText.isSpace(follower)
                let closes = !InvisibleText.isSpace(last) && !InvisibleText.isWord(follower)
                if closes { result.append(InvisibleText.zeroWidthSpace) }
                result.append(scalar)
                if opens { result.append(InvisibleText.zeroWidthSpace) }
            } else {
                result.append(scalar)
            }
            last = scalar
            current = next
        }
        return String(result)
    }

    /// Code between signs that it cannot end: back-quotes in it are read as they are between three, and a zero-width space keeps those
    /// apart that would be three or touch the signs.
    static func code(_ text: String) -> String {
        guard text.unicodeScalars.contains("`") else { return "`\(text)`" }
        let inner = FenceText.breaking(text)
        let scalars = inner.unicodeScalars
        let start = scalars.first == "`" ? String(InvisibleText.zeroWidthSpace) : ""
        let end = scalars.last == "`" ? String(InvisibleText.zeroWidthSpace) : ""
        return "```" + start + inner + end + "```"
    }
}
