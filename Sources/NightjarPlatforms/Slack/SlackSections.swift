/// Cuts mrkdwn into pieces that fit into section blocks.
enum SlackSections {
    /// - Returns: at least one piece, none longer than `lengthMax` UTF-16 units: cut between lines where possible, else between words, and
    ///   never inside an entity or between angle brackets. A code block that is cut is closed and opened again.
    static func cut(_ text: String, lengthMax: Int = SlackLimits.sectionTextMax) -> [String] {
        var pieces: [String] = []
        var rest = text[...]
        var isCode = false
        while true {
            let opening = isCode ? fence + "\n" : ""
            guard opening.utf16.count + rest.utf16.count > lengthMax else {
                if !rest.isEmpty || pieces.isEmpty { pieces.append(opening + rest) }
                return pieces
            }
            let end = self.end(of: rest, lengthMax: lengthMax - opening.utf16.count - fence.utf16.count - 1)
            var piece = opening + rest[..<end]
            rest = rest[end...]
            if rest.first?.isNewline == true { rest.removeFirst() }
            isCode = !piece.ranges(of: fence).count.isMultiple(of: 2)
            if isCode { piece += "\n" + fence }
            pieces.append(piece)
        }
    }

    private static let fence = "```"

    private static func end(of text: Substring, lengthMax: Int) -> Substring.Index {
        var limit = text.startIndex
        var length = 0
        while limit < text.endIndex {
            length += text[limit].utf16.count
            if length > lengthMax { break }
            limit = text.index(after: limit)
        }
        // A character that is longer than a whole piece is no character of any script.
        if limit == text.startIndex { return text.index(after: limit) }
        let head = text[..<limit]
        if let line = head.lastIndex(where: \.isNewline), line > head.startIndex { return line }
        if let space = head.lastIndex(of: " "), space > head.startIndex { return text.index(after: space) }
        if let mark = head.lastIndex(where: { $0 == "&" || $0 == "<" }), mark > head.startIndex, !isClosed(head[mark...]) { return mark }
        return limit
    }

    private static func isClosed(_ mark: Substring) -> Bool { mark.contains(mark.first == "&" ? ";" : ">") }
}
