/// An answer of some 60,000 characters that holds all that is hard to cut: tables, nested lists, emoji, text from right to left, and
/// three code blocks that are longer than any message.
enum LongAnswer {
    /// Each paragraph, row, item and line of code carries a mark of its own, in their order.
    static let marks = (1...markCount).map(mark)
    private static let markCount = 1200

    static func mark(_ number: Int) -> String {
        let digits = String(number)
        return "m" + String(repeating: "0", count: 4 - digits.count) + digits
    }

    static let markdown: String = {
        var left = marks[...]
        func next() -> String { left.popFirst() ?? "" }
        var blocks: [String] = []
        for chapter in 1...10 {
            blocks.append("# Chapter \(chapter) \(next())")
            for _ in 1...25 { blocks.append(paragraph(next())) }
            blocks.append(list(next))
            blocks.append(table(next))
            if chapter.isMultiple(of: 3) { blocks.append(code(next)) }
        }
        while let mark = left.popFirst() { blocks.append("The end \(mark) is *near* & <here>.") }
        return blocks.joined(separator: "\n\n")
    }()

    private static func paragraph(_ mark: String) -> String {
        """
        \(mark) a **bold** word, an _italic_ one, `code < & >`, a [link](https://example.com/a?b=1&c=2) & \
        👩‍👩‍👧‍👦 👍🏽 🇨🇭 beside עִבְרִית \
        and العربية, then 1 < 2 && 3 > 2.
        """
    }

    private static func list(_ next: () -> String) -> String {
        (1...8).map { number in
            "\(number). \(next()) an item\n   - \(next()) inside\n     - \(next()) further inside, with **weight**"
        }.joined(separator: "\n")
    }

    private static func table(_ next: () -> String) -> String {
        let rows = (1...10).map { "| \(next()) | \($0) 🙂 | ~~old~~ `new` |" }
        return (["| mark | number | text |", "|---|--:|:--|"] + rows).joined(separator: "\n")
    }

    private static func code(_ next: () -> String) -> String {
        let lines = (1...90).map { _ in "let \(next()) = values.filter { $0 < 3 && $0 > 1 } // 三 \"quoted\" *not bold*" }
        return "```swift\n\(lines.joined(separator: "\n"))\n```"
    }
}
