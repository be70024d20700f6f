import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite struct SlackSectionsTests {
    @Test(arguments: [
        ("", [""]), ("short", ["short"]), ("one two three", ["one ", "two three"]), ("line\nnext\nlast", ["line", "next\nlast"]),
        ("abcdefghijkl", ["abcdef", "ghijkl"]), ("abcd&amp;ef", ["abcd", "&amp;ef"]), ("abc<@U1>de", ["abc<@U1>de"]),
        ("abc<@U123>de", ["abc", "<@U123>de"]),
    ])
    func `Text is cut where it hurts least`(text: String, pieces: [String]) {
        #expect(SlackSections.cut(text, lengthMax: 10) == pieces)
    }

    @Test func `No character is cut, and none is lost`() {
        let text = String(repeating: "👩‍👩‍👧‍👦é😀", count: 300)
        let pieces = SlackSections.cut(text)
        #expect(pieces.joined() == text)
        #expect(pieces.count > 1 && pieces.allSatisfy { $0.utf16.count <= SlackLimits.sectionTextMax })
    }

    @Test func `A code block that is cut is closed and opened again`() {
        let code = (1...400).map { "line \($0) of the code" }.joined(separator: "\n")
        let pieces = SlackSections.cut("before\n```\n\(code)\n```\nafter")
        #expect(pieces.count > 2)
        #expect(pieces.allSatisfy { $0.utf16.count <= SlackLimits.sectionTextMax && $0.ranges(of: "```").count.isMultiple(of: 2) })
        for number in [1, 150, 300, 400] { #expect(pieces.contains { $0.contains("line \(number) of") }) }
        #expect(pieces.last?.hasSuffix("after") == true)
    }
}
