@testable import NightjarPlatforms
import Testing

@Suite struct MarkdownPiecesTests {
    @Test("Pieces end at blank lines, else at lines, else between characters")
    func cuts() {
        #expect(MarkdownPieces.pieces(of: "aa\n\nbb\ncc", bytesMax: 8) == ["aa\n\n", "bb\ncc"])
        #expect(MarkdownPieces.pieces(of: "- a\n\n  b\nc", bytesMax: 8) == ["- a\n\n", "  b\nc"])
        #expect(MarkdownPieces.pieces(of: "a\n\n- b\n\n  c\n\n  d", bytesMax: 14) == ["a\n\n", "- b\n\n  c\n\n  d"])
        #expect(MarkdownPieces.pieces(of: "aaa\nbbb\nccc", bytesMax: 8) == ["aaa\nbbb\n", "ccc"])
        #expect(MarkdownPieces.pieces(of: "äöüß", bytesMax: 5) == ["äö", "üß"])
        #expect(MarkdownPieces.pieces(of: "aaaa", bytesMax: 4) == ["aaaa"])
    }

    @Test("An open fence is opened again")
    func fences() {
        let code = "```x\naaaa\n\nbbbb\n```\n\nc"
        #expect(MarkdownPieces.pieces(of: code, bytesMax: 12) == ["```x\naaaa\n\n", "```x\nbbbb\n```\n\nc"])
        #expect(MarkdownPieces.pieces(of: "~~~~\n```\n\na\n~~~~\n\nb", bytesMax: 17) == ["~~~~\n```\n\na\n~~~~\n", "\nb"])
    }

    @Test("A long text is parsed as it would be at once")
    func long() {
        let block = "# a\n\n- b\n- c\n\n```\nd\n\ne\n```\n\nf **g**\n\n"
        let count = 2000
        let blocks = MarkdownDocument(parsing: String(repeating: block, count: count)).blocks
        let one = MarkdownDocument(parsing: block).blocks
        #expect(blocks.count == one.count * count)
        #expect(Array(blocks.suffix(one.count)) == one)
    }
}
