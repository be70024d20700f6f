/// Splits a command into words, one at a time, in one pass over the text.
///
/// - Words are separated by white space, zero-width spaces included.
/// - A quotation mark opens a passage at the start of a word, and directly behind the word's first `=`; anywhere else it is a
///   character like any other, so `don't` is one word. What follows a closing mark up to the next space belongs to the
///   same word. ``QuoteStyle`` says which marks there are.
/// - A backslash makes the quotation mark, space or backslash behind it ordinary, in quotes and outside. At
///   the end of a line, outside of quotes, it disappears: commands pasted from a shell continue so. Before anything else
///   it stands for itself, so `C:\temp` and `\d+` need no care.
public struct CommandLexer: Sendable {
    private let text: Substring
    private var position: String.Index

    /// - Parameter text: what to read; positions are counted in the string it is a part of.
    public init(_ text: Substring) {
        self.text = text
        self.position = text.startIndex
    }

    public init(_ text: String) {
        self.init(text[...])
    }

    /// What has not been read yet, as it was typed.
    public var remainder: Substring { text[position...] }

    /// The next word, or nil at the end.
    /// - Throws: ``UnterminatedQuote``; the lexer then stands at the end of the text.
    public mutating func next() throws(UnterminatedQuote) -> CommandWord? {
        skipSeparators()
        guard position < text.endIndex else { return nil }
        let start = position
        var word = String.UnicodeScalarView()
        let isQuoted = try takeQuoted(into: &word)
        var mayQuoteValue = !isQuoted
        while let scalar = current, !scalar.isWordSeparator {
            if takeEscaped(into: &word) { continue }
            word.append(scalar)
            advance()
            if scalar == "=", mayQuoteValue {
                mayQuoteValue = false
                _ = try takeQuoted(into: &word)
            }
        }
        return CommandWord(text: String(word), isQuoted: isQuoted, bytes: byte(of: start)..<byte(of: position))
    }

    /// All words up to the end.
    /// - Throws: ``UnterminatedQuote``
    public mutating func words() throws(UnterminatedQuote) -> [CommandWord] {
        var words: [CommandWord] = []
        while let word = try next() { words.append(word) }
        return words
    }

    /// `text` without the pair of quotes around all of it; as it is when its first quote closes before the end.
    static func removingOuterQuotes(_ text: Substring) -> Substring {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let style = QuoteStyle(opening: first) else { return text }
        var index = scalars.index(after: scalars.startIndex)
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let following = scalars.index(after: index)
            let next = following < scalars.endIndex ? scalars[following] : nil
            if style.closes(with: scalar, before: next) {
                guard next == nil else { return text }
                return Substring(scalars[scalars.index(after: scalars.startIndex)..<index]).trimmed(while: style.isPadding)
            }
            index = following
            if scalar == "\\", let next, next.isEscapable { index = scalars.index(after: index) }
        }
        return text
    }
}

extension CommandLexer {
    private var current: Unicode.Scalar? {
        position < text.endIndex ? text.unicodeScalars[position] : nil
    }

    private var following: Unicode.Scalar? {
        let next = text.unicodeScalars.index(after: position)
        return next < text.endIndex ? text.unicodeScalars[next] : nil
    }

    private mutating func advance() {
        position = text.unicodeScalars.index(after: position)
    }

    private func byte(of index: String.Index) -> Int {
        text.base.utf8.distance(from: text.base.startIndex, to: index)
    }

    private mutating func skipSeparators() {
        while let scalar = current {
            if scalar == "\\", following?.isLineBreak == true {
                advance()
            } else if !scalar.isWordSeparator {
                return
            }
            advance()
        }
    }

    /// Takes a backslash and what it makes ordinary; false when there is nothing of the kind here.
    private mutating func takeEscaped(into word: inout String.UnicodeScalarView) -> Bool {
        guard current == "\\", let next = following else { return false }
        if next.isEscapable {
            word.append(next)
            advance()
        } else if !next.isLineBreak {
            return false
        }
        advance()
        return true
    }

    /// Takes a quoted passage; false when none begins here.
    private mutating func takeQuoted(into word: inout String.UnicodeScalarView) throws(UnterminatedQuote) -> Bool {
        guard let mark = current, let style = QuoteStyle(opening: mark) else { return false }
        let opening = position
        advance()
        var passage = String.UnicodeScalarView()
        while let scalar = current {
            if style.closes(with: scalar, before: following) {
                advance()
                word.append(contentsOf: Substring(String(passage)).trimmed(while: style.isPadding).unicodeScalars)
                return true
            }
            if scalar == "\\", let next = following, next.isEscapable {
                passage.append(next)
                advance()
            } else {
                passage.append(scalar)
            }
            advance()
        }
        throw UnterminatedQuote(
            mark: Character(mark), byte: byte(of: opening),
            character: text.base.distance(from: text.base.startIndex, to: opening) + 1)
    }
}

extension Unicode.Scalar {
    /// White space, and the zero-width space, which copying from web pages leaves behind.
    var isWordSeparator: Bool {
        if isASCII { return self == " " || (value >= 0x09 && value <= 0x0D) }
        return properties.isWhitespace || self == "\u{200B}"
    }

    fileprivate var isLineBreak: Bool { self == "\n" || self == "\r" }

    fileprivate var isEscapable: Bool {
        self == "\\" || QuoteStyle(opening: self) != nil || (isWordSeparator && !isLineBreak)
    }
}
