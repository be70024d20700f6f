import NightjarEngine
import Testing

@Suite struct CommandLexerTests {
    @Test(
        "Words, quotes and escapes",
        arguments: [
            // Words
            ("", []),
            ("  \t\n ", []),
            ("a", ["a"]),
            (" a  b\tc\nd ", ["a", "b", "c", "d"]),
            ("a\u{A0}b\u{200B}c", ["a", "b", "c"]),
            // Straight quotes group words
            (#""a b" c"#, ["a b", "c"]),
            ("'a b' c", ["a b", "c"]),
            (#""""#, [""]),
            (#"'' x"#, ["", "x"]),
            ("\"two\nlines\"", ["two\nlines"]),
            (#""it's" 'say "hi"'"#, ["it's", #"say "hi""#]),
            // Typographic quotes group words
            ("“a b” c", ["a b", "c"]),
            ("„a b“ c", ["a b", "c"]),
            ("”a b” c", ["a b", "c"]),
            ("‟a b” c", ["a b", "c"]),
            ("‘a b’ c", ["a b", "c"]),
            ("‚a b‘ c", ["a b", "c"]),
            ("’a b’ c", ["a b", "c"]),
            ("«a b» c", ["a b", "c"]),
            ("»a b« c", ["a b", "c"]),
            ("»a b» c", ["a b", "c"]),
            ("«\u{A0}a b\u{202F}» c", ["a b", "c"]),
            // Quotes open only at the start of a word
            ("don't", ["don't"]),
            ("don’t stop", ["don’t", "stop"]),
            (#"5" 6'"#, [#"5""#, "6'"]),
            (#"a"b c"d"#, [#"a"b"#, #"c"d"#]),
            // An apostrophe inside single quotes
            ("'don't go' now", ["don't go", "now"]),
            ("‘don’t go’ now", ["don’t go", "now"]),
            // … or directly behind the first equals sign
            (#"--key="a b" c"#, ["--key=a b", "c"]),
            ("--key=“a b” c", ["--key=a b", "c"]),
            ("key='a b'", ["key=a b"]),
            (#"a=b="c d""#, [#"a=b="c"#, #"d""#]),
            (#""a="b c"#, ["a=b", "c"]),
            // What follows the closing mark belongs to the word
            (#""a b"c d"#, ["a bc", "d"]),
            (#""a""b""#, [#"a"b""#]),
            // Backslash
            (#"\"a b"#, [#""a"#, "b"]),
            (#""a \" b""#, [#"a " b"#]),
            (#"a\ b"#, ["a b"]),
            (#"\\"#, [#"\"#]),
            (#"C:\temp\new \d+"#, [#"C:\temp\new"#, #"\d+"#]),
            (#"a\"#, [#"a\"#]),
            (#"--key=\"a"#, [#"--key="a"#]),
            ("a \\\n b", ["a", "b"]),
            ("a\\\nb", ["a", "b"]),
            // Emoji, right-to-left, zero-width joiner
            ("👩‍👩‍👧‍👦 \"🇩🇪 x\"", ["👩‍👩‍👧‍👦", "🇩🇪 x"]),
            ("שלום “עולם טוב”", ["שלום", "עולם טוב"]),
        ] as [(String, [String])])
    func splits(text: String, expected: [String]) throws {
        var lexer = CommandLexer(text)
        #expect(try lexer.words().map(\.text) == expected)
    }

    @Test func positionsAreBytesOfTheWholeMessage() throws {
        let text = "é  “a b” c"
        var lexer = CommandLexer(text)
        let words = try lexer.words()
        #expect(words.map(\.bytes) == [0..<2, 4..<13, 14..<15])
        #expect(words.map(\.isQuoted) == [false, true, false])
        #expect(Array(text.utf8)[words[2].bytes] == Array("c".utf8)[...])
    }

    @Test func positionsCountFromTheStartOfTheMessageWhenReadingBeginsLater() throws {
        let text = "/run x"
        var lexer = CommandLexer(text.dropFirst(4))
        #expect(try lexer.next()?.bytes == 5..<6)
    }

    @Test(
        "An unterminated quote is an error with its place",
        arguments: [
            (#"a "b"#, "\"", 2, 3),
            ("é 'b c", "'", 3, 3),
            ("👩‍👩‍👧‍👦 “b", "“", 26, 3),
            (#"--key="a b"#, "\"", 6, 7),
            (#""a\""#, "\"", 0, 1),
            ("«a", "«", 0, 1),
            ("'a'b", "'", 0, 1),
        ] as [(String, Character, Int, Int)])
    func unterminated(text: String, mark: Character, byte: Int, character: Int) {
        #expect(throws: UnterminatedQuote(mark: mark, byte: byte, character: character)) {
            var lexer = CommandLexer(text)
            _ = try lexer.words()
        }
    }

    @Test func theRemainderIsRaw() throws {
        var lexer = CommandLexer(#"one  "two \" three"#)
        _ = try lexer.next()
        #expect(lexer.remainder == #"  "two \" three"#)
    }
}
