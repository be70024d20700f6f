import NightjarPlatforms
import Testing

/// Where messages are cut. All have the shortest limit there is: 400.
@Suite struct ChunkTests {
    private func chunks(_ markdown: String, on platform: String = "discord") -> [String] {
        MarkdownRenderer(platform: platform, chunkMax: MarkdownLimits.chunkMin).render(markdown)
    }

    private func words(_ count: Int, _ word: String = "word") -> String {
        Array(repeating: word, count: count).joined(separator: " ")
    }

    @Test("A short text is one message; nothing is none", arguments: MarkdownFuzzTests.platforms)
    func few(platform: String) {
        #expect(chunks("a\n\nb", on: platform) == ["a\n\nb"])
        for empty in ["", " \n", "```\n \n```", "&nbsp;", "\u{200B}", "[](<>)"] { #expect(chunks(empty, on: platform) == []) }
    }

    @Test("Other platforms get Markdown as it is")
    func others() {
        let text = words(400)
        #expect(chunks(text, on: "webhook") == [text])
        #expect(chunks(text, on: "terminal") == [text])
        #expect(MarkdownRenderer(platform: "webhook").split(text) == [text])
    }

    @Test(
        "Messages are as long as each platform allows",
        arguments: [("slack", 3000), ("discord", 2000), ("telegram", 4096), ("whatsapp", 4096)])
    func limits(platform: String, limit: Int) {
        let chunks = MarkdownRenderer(platform: platform).render(words(6000))
        #expect(chunks.dropLast().allSatisfy { $0.utf16.count <= limit && $0.utf16.count > limit - 10 })
    }

    @Test("Blocks stay whole")
    func betweenBlocks() {
        let (one, other) = (words(30), words(60))
        #expect(chunks("\(one)\n\n\(other)") == [one, other])
    }

    @Test("A heading stays with its text")
    func headings() {
        let (one, other) = (words(40), words(50))
        #expect(chunks("\(one)\n\n## a\n\n\(other)") == [one, "## a\n\n\(other)"])
    }

    @Test("Items stay whole, and keep their numbers")
    func items() {
        let item = words(12) + "\n   " + words(12)
        let list = (1...8).map { "\($0). \(item)" }
        #expect(chunks(list.joined(separator: "\n")) == [0, 3, 6].map { list[$0..<min($0 + 3, 8)].joined(separator: "\n") })
    }

    @Test("Text is cut after sentences, words and characters, in this order")
    func text() {
        let sentences = Array(repeating: words(10) + ".", count: 20).joined(separator: " ")
        #expect(chunks(sentences).dropLast().allSatisfy { $0.hasSuffix("word.") })
        let text = words(200)
        #expect(chunks(text).joined(separator: " ") == text)
        let families = String(repeating: "👩‍👩‍👧‍👦", count: 100)
        #expect(chunks(families).allSatisfy { $0.allSatisfy { $0 == "👩‍👩‍👧‍👦" } })
        #expect(chunks(families).joined() == families)
        let one = "e" + String(repeating: "\u{301}", count: 1000)
        #expect(Array(chunks(one).joined().unicodeScalars) == Array(one.unicodeScalars))
        let chinese = String(repeating: "一二三四五六七。", count: 100)
        #expect(chunks(chinese).allSatisfy { $0.hasSuffix("。") })
    }

    @Test("Marks that are cut are closed and opened again")
    func marks() {
        let text = words(150)
        for chunk in chunks("**a *\(text)* b**", on: "slack") { #expect(chunk.hasPrefix("*") && chunk.hasSuffix("*")) }
        let linked = chunks("[**\(text)**](https://b.c)", on: "telegram")
        #expect(linked.count > 1)
        for chunk in linked { #expect(chunk.hasPrefix("<a href=\"https://b.c\"><b>word") && chunk.hasSuffix("word</b></a>")) }
        for chunk in chunks("> \(text)", on: "telegram") {
            #expect(chunk.hasPrefix("<blockquote>word") && chunk.hasSuffix("word</blockquote>"))
        }
        for chunk in chunks("> \(text)", on: "slack") { #expect(chunk.hasPrefix("> word")) }
        #expect(chunks("- \(text)").dropFirst().allSatisfy { $0.hasPrefix("  word") })
    }

    @Test("Code that is cut is closed and opened again")
    func code() {
        let line = words(8, "code")
        let code = "```swift\n" + Array(repeating: line, count: 30).joined(separator: "\n") + "\n```"
        let discord = chunks(code)
        #expect(discord.count == 4)
        for chunk in discord { #expect(chunk.hasPrefix("```swift\n\(line)\n") && chunk.hasSuffix("\n\(line)\n```")) }
        for chunk in chunks(code, on: "telegram") {
            #expect(chunk.hasPrefix("<pre><code class=\"language-swift\">\(line)\n") && chunk.hasSuffix("\n\(line)</code></pre>"))
        }
        for chunk in chunks("```\n\(words(200, "code"))\n```", on: "slack") {
            #expect(chunk.hasPrefix("```\ncode ") && chunk.hasSuffix("\n```"))
        }
    }

    @Test("Escapes and addresses are never cut")
    func units() {
        let signs = chunks(String(repeating: "&", count: 300), on: "telegram")
        #expect(signs.allSatisfy { $0.replacing("&amp;", with: "") == "" })
        #expect(chunks(String(repeating: "_x", count: 300)).allSatisfy { $0.replacing("\\_x", with: "") == "" })
        let address = "https://a.b/" + String(repeating: "c", count: 150)
        let links = Array(repeating: address, count: 6).joined(separator: " ")
        for platform in MarkdownFuzzTests.platforms {
            #expect(chunks(links, on: platform).allSatisfy { $0.split(separator: " ").allSatisfy { $0.contains(address) } })
        }
    }

    @Test("An address that is too long for a link is shown")
    func longAddress() {
        let address = "https://a.b/" + String(repeating: "c", count: 250)
        #expect(chunks("[d](\(address))", on: "slack") == ["d (\(address))"])
    }
}
