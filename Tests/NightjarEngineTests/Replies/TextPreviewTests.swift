import Testing

@testable import NightjarEngine

@Suite struct TextPreviewTests {
    @Test(
        arguments: [
            ("", 5, ""), ("abc", 5, "abc"), ("abcde", 5, "abcde"), ("abcdef", 5, "abcd…"), ("  a \n\t b  ", 5, "a b"),
            ("abc   ", 3, "abc"), ("abc def", 5, "abc…"), ("a\r\nb", 5, "a b"),
            ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2, "👩‍👩‍👧‍👦…"), ("🇩🇪🇫🇷🇮🇹", 2, "🇩🇪…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("a\u{0}b\u{1B}c", 5, "abc"), ("a\u{202E}b\u{2066}c", 5, "abc"), ("שלום עולם", 6, "שלום…"),
        ])
    func lines(text: String, lengthMax: Int, expected: String) {
        #expect(TextPreview.line(text, lengthMax: lengthMax) == expected)
    }

    @Test func aCharacterWithoutEndIsCutAsAWhole() {
        let tower = "e" + String(repeating: "\u{301}", count: 100_000)
        #expect(TextPreview.line("ab" + tower, lengthMax: 10) == "ab…")
    }

    @Test("No preview splits a character", arguments: 0..<10)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            // Leaving out a control character may join its neighbours, which splits nothing.
            let text = random.hostileText(pieces: 15).unicodeScalars.map(\.visible).joined()
            let preview = TextPreview.line(text, lengthMax: 12)
            #expect(preview.count <= 12 && !preview.contains("\n"))
            let characters = Set(text)
            #expect(preview.allSatisfy { characters.contains($0) || $0 == "…" }, "\(text.debugDescription)")
        }
    }
}

extension Unicode.Scalar {
    /// Itself, or a letter in place of what a preview leaves out.
    fileprivate var visible: String {
        let isLeftOut = properties.isWhitespace || properties.generalCategory == .control || self == "\u{202E}"
        return isLeftOut ? "x" : String(self)
    }
}
