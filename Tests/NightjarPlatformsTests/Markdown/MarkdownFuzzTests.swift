import NightjarPlatforms
import Testing

/// Whatever a model writes, what is sent is whole.
@Suite struct MarkdownFuzzTests {
    static let platforms = ["slack", "discord", "telegram", "whatsapp"]
    static let limit = MarkdownLimits.chunkMin

    @Test("Random Markdown", arguments: platforms, 0..<8)
    func markdown(platform: String, seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let renderer = MarkdownRenderer(platform: platform, chunkMax: Self.limit)
        for round in 1...60 {
            let markdown = random.hostileMarkdown(pieces: round * 2)
            let chunks = renderer.render(markdown)
            let whole = renderer.text(markdown)
            var faults = Set(chunks.flatMap { self.faults(of: $0, on: platform) })
            if whole != "" { faults.formUnion(self.faults(of: whole, on: platform)) }
            if chunks.contains(where: { $0.utf16.count > Self.limit }) { faults.insert("too long") }
            let split = renderer.split(whole)
            if split.contains(where: { $0.utf16.count > Self.limit }) { faults.insert("split too long") }
            if platform == "telegram", split.contains(where: { ShownText.ofTelegram($0) == nil }) { faults.insert("split not well-formed") }
            if !isAll(of: whole, in: chunks, on: platform) { faults.insert("text lost") }
            #expect(faults == [], "\(markdown.debugDescription)\n\(chunks)")
            if !faults.isEmpty { return }
        }
    }

    private func faults(of chunk: String, on platform: String) -> [String] {
        var faults: [String] = []
        if ShownText.words(chunk) == [], !chunk.utf8.contains(where: { (0x21...0x7E).contains($0) }) { faults.append("empty") }
        switch platform {
        case "telegram": if ShownText.ofTelegram(chunk) == nil { faults.append("not well-formed") }
        case "slack": if ShownText.ofSlack(chunk) == nil { faults.append("not well-formed") }
        default: if !ShownText.fencesAreClosed(chunk) { faults.append("open fence") }
        }
        guard platform == "discord" else { return faults }
        return faults + ["@everyone", "@here", "<@U1"].filter { chunk.unicodeScalars.contains($0.unicodeScalars) }
    }

    private func isAll(of whole: String, in chunks: [String], on platform: String) -> Bool {
        switch platform {
        case "telegram": words(chunks, ShownText.ofTelegram) == words([whole], ShownText.ofTelegram)
        case "slack": words(chunks, ShownText.ofSlack) == words([whole], ShownText.ofSlack)
        // A fence's language and a link's address come again where they are cut.
        default: ShownText.words(whole).isPart(of: chunks.flatMap(ShownText.words))
        }
    }

    private func words(_ chunks: [String], _ read: (String) -> String?) -> [Unicode.Scalar] {
        chunks.flatMap { ShownText.words(read($0) ?? "") }
    }

    @Test("Random text in a dialect", arguments: 0..<8)
    func verbatim(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let renderer = MarkdownRenderer(platform: "slack", chunkMax: Self.limit)
        for _ in 0..<60 {
            let text = random.hostileMarkdown(pieces: Int.random(in: 1..<200, using: &random))
            let chunks = renderer.split(text)
            var faults: Set<String> = []
            if chunks.contains(where: { $0.utf16.count > Self.limit }) { faults.insert("too long") }
            if !chunks.dropLast().allSatisfy(ShownText.fencesAreClosed) { faults.insert("open fence") }
            if !ShownText.words(text).isPart(of: chunks.flatMap(ShownText.words)) { faults.insert("text lost") }
            #expect(faults == [], "\(text.debugDescription)\n\(chunks)")
            if !faults.isEmpty { return }
        }
    }

    @Test("No word of a text is lost", arguments: platforms)
    func plainWords(platform: String) {
        var random = SeededGenerator(seed: 1)
        var markdown = ""
        for index in 0..<800 {
            let word = "w\(index)é中"
            let breakText = [" ", " ", "\n", "\n\n", ". "].randomElement(using: &random) ?? " "
            let marks = ["", "", "**", "*", "~~", "`"].randomElement(using: &random) ?? ""
            markdown += marks + word + marks + breakText
        }
        let chunks = MarkdownRenderer(platform: platform, chunkMax: Self.limit).render(markdown)
        #expect(chunks.count > 10)
        #expect(ShownText.words(markdown).isPart(of: chunks.flatMap(ShownText.words)))
    }
}

extension [Unicode.Scalar] {
    /// Whether all of it is found there, in this order.
    fileprivate func isPart(of other: [Unicode.Scalar]) -> Bool {
        var rest = other[...]
        for scalar in self {
            guard let found = rest.firstIndex(of: scalar) else { return false }
            rest = rest[(found + 1)...]
        }
        return true
    }
}

extension String.UnicodeScalarView {
    fileprivate func contains(_ other: String.UnicodeScalarView) -> Bool {
        indices.contains { self[$0...].starts(with: other) }
    }
}
