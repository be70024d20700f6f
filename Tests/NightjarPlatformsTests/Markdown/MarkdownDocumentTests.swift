@testable import NightjarPlatforms
import Testing

@Suite struct MarkdownDocumentTests {
    private func blocks(_ markdown: String) -> [MarkdownBlock] { MarkdownDocument(parsing: markdown).blocks }

    @Test func blocksAndInlines() {
        #expect(
            blocks("# a\n\nb *c* **d** ~~e~~ `f`\ng\\\nh") == [
                .heading(level: 1, [.text("a")]),
                .paragraph([
                    .text("b "), .emphasis([.text("c")]), .text(" "), .strong([.text("d")]), .text(" "), .strikethrough([.text("e")]),
                    .text(" "),
                    .code("f"), .softBreak, .text("g"), .hardBreak, .text("h"),
                ]),
            ])
        #expect(
            blocks("> a\n\n---\n\n```x y\nb\n```\n\n<p>") == [
                .quote([.paragraph([.text("a")])]), .rule, .code(language: "x", "b"), .html("<p>"),
            ])
        #expect(blocks("[a](b) ![c](d)") == [.paragraph([.link(url: "b", [.text("a")]), .text(" "), .image(url: "d", [.text("c")])])])
    }

    @Test func lists() {
        #expect(
            blocks("3. a\n4. b") == [
                .list(
                    MarkdownList(
                        start: 3, isTight: true,
                        items: [
                            .init(isChecked: nil, blocks: [.paragraph([.text("a")])]), .init(isChecked: nil, blocks: [.paragraph([.text("b")])]),
                        ]))
            ])
        #expect(
            blocks("- [x] a\n\n- [ ] b") == [
                .list(
                    MarkdownList(
                        start: nil, isTight: false,
                        items: [
                            .init(isChecked: true, blocks: [.paragraph([.text("a")])]), .init(isChecked: false, blocks: [.paragraph([.text("b")])]),
                        ]))
            ])
    }

    @Test("A row has as many cells as the header")
    func table() {
        #expect(
            blocks("|a|b|c|\n|-|:-:|-:|\n|d|\n|e|f|g|h|") == [
                .table(
                    MarkdownTable(
                        alignments: [.left, .center, .right], header: [[.text("a")], [.text("b")], [.text("c")]],
                        rows: [[[.text("d")], [], []], [[.text("e")], [.text("f")], [.text("g")]]]))
            ])
    }

    @Test("Line ends are those of Unix, in code too", arguments: ["\r\n", "\r", "\n"])
    func lineEnds(end: String) {
        #expect(
            blocks(["a", "b", "", "```", "c", "d", "```"].joined(separator: end)) == [
                .paragraph([.text("a"), .softBreak, .text("b")]), .code(language: nil, "c\nd"),
            ])
    }

    @Test("What nests too deep is taken out of its nesting, and nothing is lost")
    func depth() {
        var quoted = blocks(String(repeating: "> ", count: 150) + "a\n\n- b")
        var depth = 0
        while case .quote(let inner)? = quoted.first { (quoted, depth) = (inner, depth + 1) }
        #expect(depth == MarkdownConversion.depthMax)
        #expect(quoted == [.paragraph([.text("a")])])

        let pairs = 150
        let emphasis = String(repeating: "*a **b ", count: pairs) + String(repeating: "c** d*", count: pairs)
        guard case .paragraph(let inlines)? = blocks(emphasis).first else { Issue.record("no paragraph"); return }
        #expect(inlines.map(\.words).joined() == emphasis.filter { $0 != "*" })
        #expect(Self.depth(of: inlines) == MarkdownConversion.depthMax + 1)
    }

    private static func depth(of inlines: [MarkdownInline]) -> Int {
        inlines.map { inline in
            switch inline {
            case .emphasis(let inner), .strong(let inner): 1 + depth(of: inner)
            default: 0
            }
        }.max() ?? 0
    }

    @Test("Parsers in parallel do not disturb each other")
    func parallel() async {
        let markdown = String(repeating: "~~a~~ www.b.c ~~d~~ ", count: 50)
        let expected = MarkdownDocument(parsing: markdown)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<100).allSatisfy { _ in MarkdownDocument(parsing: markdown) == expected } }
            }
            for await isSame in group { #expect(isSame) }
        }
        #expect(expected.blocks.count == 1)
    }
}
