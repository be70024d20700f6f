import NightjarPlatforms
import Testing

/// Text that is in its dialect already.
@Suite struct DialectSplitTests {
    private func split(_ text: String, on platform: String = "slack") -> [String] {
        MarkdownRenderer(platform: platform, chunkMax: MarkdownLimits.chunkMin).split(text)
    }

    @Test("What fits is not touched", arguments: ["a", " *b* \r\n\n\n<c|d> ", "```\nopen"])
    func short(text: String) {
        #expect(split(text) == [text])
        #expect(split(" \n") == [])
    }

    @Test("Lines stay whole")
    func lines() {
        let line = "*" + String(repeating: "a", count: 98) + "*"
        let three = [line, line, line].joined(separator: "\n")
        #expect(split([three, line, line].joined(separator: "\n")) == [three, line + "\n" + line])
        #expect(split([line, line, "", three].joined(separator: "\n")) == [line + "\n" + line, three])
    }

    @Test("Fences are closed and opened again, with their language")
    func fences() {
        let line = String(repeating: "a", count: 99)
        let text = "x\n```swift\n" + Array(repeating: line, count: 6).joined(separator: "\n") + "\n```\ny"
        let three = [line, line, line].joined(separator: "\n")
        #expect(split(text, on: "discord") == ["x\n```swift\n\(three)\n```", "```swift\n\(three)\n```\ny"])
        let inline = "a ```" + Array(repeating: line, count: 5).joined(separator: "\n") + "``` b"
        #expect(split(inline) == ["a ```\(three)\n```", "```\n\(line)\n\(line)``` b"])
    }

    @Test("Tags are closed and opened again")
    func tags() {
        let line = String(repeating: "a", count: 99)
        let two = line + "\n" + line
        let quoted = "<blockquote expandable>\(two)\n\(two)\n\(two)</blockquote>"
        #expect(split(quoted, on: "telegram") == ["\(two)\n\(line)", "\(line)\n\(two)"].map { "<blockquote expandable>\($0)</blockquote>" })
        let bold = split("<b>\(Array(repeating: "word", count: 150).joined(separator: " "))</b> end", on: "telegram")
        #expect(bold.count > 1)
        #expect(bold.dropLast().allSatisfy { $0.hasPrefix("<b>word") && $0.hasSuffix("</b>") })
        #expect(bold.last?.hasSuffix("word</b> end") == true)
    }

    @Test("A long line is cut between words, not in links, tags or entities")
    func units() {
        let text = String(repeating: "word ", count: 100)
        #expect(split(text).map { $0.split(separator: " ").allSatisfy { $0 == "word" } } == [true, true])
        let link = "<https://a.b/c?d&amp;e f|g h i>"
        #expect(split(String(repeating: link, count: 40)).allSatisfy { $0.replacing(link, with: "") == "" })
        for entity in ["&amp;", "&amp;\u{301}", "&amp;" + String(repeating: "\u{301}", count: 500)] {
            let chunks = split(String(repeating: entity, count: 200))
            #expect(chunks.allSatisfy { $0.utf8.filter { $0 == UInt8(ascii: "&") }.count == $0.utf8.filter { $0 == UInt8(ascii: ";") }.count })
        }
    }
}
