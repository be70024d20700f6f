@testable import NightjarPlatforms
import Testing

@Suite struct ParseHazardsTests {
    static func table(columns: Int, rows: Int) -> String {
        repeated("|a", columns) + "\n" + repeated("|-", columns) + "\n" + repeated("b\n", rows)
    }

    private static func repeated(_ piece: String, _ count: Int) -> String { String(repeating: piece, count: count) }

    static let dangers = [
        HostileMarkdownTests.Case(name: "cells", text: table(columns: 1000, rows: 1000)),
        .init(name: "references", text: "[a]: http://" + repeated("u", 10_000) + "\n\n" + repeated("[a]", 1000)),
        .init(name: "quotes", text: repeated(">", 300) + "a"),
        .init(name: "lists", text: repeated("+ ", 300) + "a"),
        .init(name: "numbers", text: repeated("1. ", 300)),
        .init(name: "quotes and lists", text: "a\n\n  " + repeated("> - ", 200) + "a"),
    ]

    static let ordinary = [
        HostileMarkdownTests.Case(name: "long table", text: table(columns: 10, rows: 1000)),
        .init(name: "large table", text: table(columns: 300, rows: 300)),
        .init(
            name: "references",
            text: (1...200).map { "[\($0)]: https://example.com/a/long/path/\($0)\n" }.joined() + "\n"
                + (1...200).map { "see [\($0)] " }.joined()),
        .init(name: "rule", text: repeated("-", 2000) + "\n" + repeated("*", 2000)),
        .init(name: "quote", text: repeated("> a\n", 1000)),
        .init(name: "list", text: repeated("- a\n", 5000)),
        .init(name: "bars", text: repeated("|", 1000) + "\n\n" + repeated("a\n", 5000)),
    ]

    @Test("Dangers", arguments: dangers)
    func dangerous(_ danger: HostileMarkdownTests.Case) {
        #expect(ParseHazards.isDangerous(danger.text))
        // All of it is there, as text.
        let shown = MarkdownDocument(parsing: danger.text).blocks.map { block in
            if case .paragraph(let inlines) = block { inlines.map(\.words).joined() } else { "" }
        }
        let isWhole = shown.joined().filter { !$0.isWhitespace } == danger.text.filter { !$0.isWhitespace }
        #expect(isWhole)
    }

    @Test("Texts of people", arguments: ordinary)
    func harmless(_ text: HostileMarkdownTests.Case) {
        #expect(!ParseHazards.isDangerous(text.text))
    }
}
