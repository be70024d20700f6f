import NightjarEngine
import Testing

@Suite struct CommandFuzzTests {
    private let parser = CommandParser(prefixes: ["/", "!nj"], commands: [CommandDefinition(name: "deploy", run: { _ in .none })])

    @Test("Any text is a command, plain text or an answer; words lie in order inside the text", arguments: 0..<20)
    func anyTextIsRead(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let text = random.hostileText(pieces: Int.random(in: 0...30, using: &random))
            var lexer = CommandLexer(text)
            var end = 0
            do {
                for word in try lexer.words() {
                    #expect(end <= word.bytes.lowerBound && !word.bytes.isEmpty, "\(text.debugDescription)")
                    end = word.bytes.upperBound
                }
                #expect(end <= text.utf8.count && lexer.remainder.isEmpty)
            } catch {
                #expect(error.byte < text.utf8.count && error.character <= text.count, "\(text.debugDescription)")
            }
            if case .failure(let error) = parser.parse("/" + text) {
                #expect(!error.message.isEmpty && error.hint?.isEmpty == false && error.message.count < 200)
            }
            if case .plain = parser.parse("/" + text) { Issue.record("a command became plain text: \(text.debugDescription)") }
        }
    }

    @Test("Quoted words come back as they were", arguments: 0..<20)
    func wordsRoundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let words = (0..<5).map { _ in random.hostileText(pieces: Int.random(in: 0...8, using: &random)) }
            let text = words.map(quoted).joined(separator: " ")
            var lexer = CommandLexer(text)
            // Compared by scalars, since equal strings may be different text.
            let read = try lexer.words().map { Array($0.text.unicodeScalars) }
            #expect(read == words.map { Array($0.unicodeScalars) }, "\(text.debugDescription)")
        }
    }

    @Test("A message of 1 MB is read in time in proportion to its length", arguments: ["a ", "\"", "\\", "'a' ", "--k=v ", "e\u{301}", "「"])
    func largeTextsAreLinear(piece: String) {
        let small = time(piece, bytes: 1 << 16)
        let large = time(piece, bytes: 1 << 20)
        // Sixteen times the text; by the square it would be 256 times. The addend forgives scheduling.
        #expect(large < small * 100 + .milliseconds(500))
    }

    private func time(_ piece: String, bytes: Int) -> Duration {
        let body = String(repeating: piece, count: bytes / piece.utf8.count)
        return ContinuousClock().measure {
            for command in ["/deploy ", "/run agent x ", "/", "/status ", "", "<@"] { _ = parser.parse(command + body) }
        }
    }

    /// Straight double quotes with what could end or escape inside them escaped.
    private func quoted(_ word: String) -> String {
        var text = "\""
        for scalar in word.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(scalar)
        }
        text.unicodeScalars.append("\"")
        return text
    }
}
