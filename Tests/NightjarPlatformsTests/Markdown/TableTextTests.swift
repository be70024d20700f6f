@testable import NightjarPlatforms
import Testing

@Suite struct TableTextTests {
    @Test(
        "Columns of text",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("中文", 4), ("한글", 4), ("ｱ", 1), ("Ａ", 2), ("👍", 2), ("👩‍👩‍👧‍👦", 2), ("🇩🇪", 2),
            ("❤️", 2), ("✓", 1),
            ("שלום", 4), ("\u{200B}", 0),
        ])
    func columns(text: String, count: Int) {
        #expect(DisplayWidth.columns(of: text) == count)
    }

    @Test func alignment() {
        let cells = [["left", "center", "right"], ["a", "b", "c"], ["", "中", ""]]
        #expect(
            TableText.lines(cells, alignments: [.left, .center, .right]) == [
                "left | center | right", "-----|--------|------", "a    |   b    |     c", "     |   中   |",
            ])
    }

    @Test func widestTable() {
        let half = String(repeating: "a", count: (TableText.widthMax - 3) / 2)
        #expect(TableText.lines([[half, half], ["", ""]], alignments: [.left, .left]) != nil)
        #expect(TableText.lines([[half + "aa", half], ["", ""]], alignments: [.left, .left]) == nil)
    }
}
