import NightjarPlatforms
import Testing

/// Texts that are made to be slow, deep or huge.
@Suite(.serialized) struct HostileMarkdownTests {
    /// Generous to a debug build on a loaded machine; what these tests guard against takes minutes, or crashes.
    static let bound = Duration.seconds(20)

    static func repeated(_ piece: String, bytes: Int) -> String {
        String(repeating: piece, count: bytes / piece.utf8.count)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "quotes", text: repeated(">", bytes: 10_000) + " a"),
        Case(name: "lists in a line", text: repeated("+ ", bytes: 20_000) + "a" + repeated("\n", bytes: 20_000)),
        Case(
            name: "lists in lists",
            text: (0..<300).map { String(repeating: "  ", count: $0) + "- a\n" }.joined() + repeated("\n", bytes: 20_000) + "b"),
        Case(name: "emphasis", text: repeated("*a **b ", bytes: 20_000) + repeated("c** d*", bytes: 20_000)),
        Case(name: "marks of three kinds", text: repeated("*a_ ~b", bytes: 60_000)),
        Case(name: "images", text: repeated("![[]()", bytes: 60_000)),
        Case(name: "images in images", text: repeated("![", bytes: 10_000) + repeated("](https://a.b)", bytes: 70_000)),
        Case(name: "instructions", text: repeated("a <?", bytes: 60_000)),
        Case(name: "declarations", text: repeated("a <!A ", bytes: 60_000)),
        Case(name: "sections", text: repeated("a <![CDATA[", bytes: 60_000)),
        Case(name: "mail", text: repeated("a@", bytes: 60_000)),
        Case(name: "cells", text: repeated("|a", bytes: 2000) + "\n" + repeated("|-", bytes: 2000) + "\n" + repeated("a\n", bytes: 4000)),
        Case(name: "references", text: "[a]: http://" + repeated("u", bytes: 12_000) + "\n\n" + repeated("[a] ", bytes: 16_000)),
        Case(name: "one character", text: "e" + repeated("\u{301}", bytes: 60_000)),
        Case(name: "families", text: repeated("👩‍👩‍👧‍👦", bytes: 60_000)),
        Case(name: "code", text: "```\n" + repeated("a < b\n", bytes: 60_000)),
        Case(name: "languages", text: repeated("```swift\na\n```\n", bytes: 100_000)),
        Case(
            name: "mixed",
            text: repeated("# A\n\nb **c** `d` [e](https://f.g) <h>\n\n- i\n  1. j\n\n|k|l|\n|-|-|\n|m|n|\n\n", bytes: 60_000)),
    ]

    static let megabytes = [
        Case(name: "stars", text: repeated("*", bytes: 1 << 20)),
        Case(name: "brackets", text: repeated("[", bytes: 1 << 20)),
        Case(name: "images", text: repeated("![[]()", bytes: 1 << 20)),
    ]

    @Test("Hostile texts", arguments: cases)
    func hostile(_ hostile: Case) {
        for platform in MarkdownFuzzTests.platforms { check(hostile.text, on: platform) }
    }

    @Test("Hostile texts of a megabyte", arguments: megabytes)
    func long(_ hostile: Case) {
        check(hostile.text, on: "telegram")
    }

    private func check(_ text: String, on platform: String) {
        let renderer = MarkdownRenderer(platform: platform)
        var chunks: [String] = []
        let time = ContinuousClock().measure { chunks = renderer.render(text) }
        #expect(time < Self.bound)
        #expect(!chunks.isEmpty)
        #expect(chunks.allSatisfy { $0.utf16.count <= MarkdownLimits.telegramChunkMax })
        if platform == "telegram" { #expect(chunks.allSatisfy { ShownText.ofTelegram($0) != nil }) }
    }
}
