/// A quotation mark at the start of a word that nothing closes.
public struct UnterminatedQuote: Error, Sendable, Equatable, CustomStringConvertible {
    /// The mark as the person typed it.
    public var mark: Character
    /// Its place in the message in UTF-8 bytes, from 0.
    public var byte: Int
    /// Its place as a person counts: in characters, from 1.
    public var character: Int

    public init(mark: Character, byte: Int, character: Int) {
        self.mark = mark
        self.byte = byte
        self.character = character
    }

    public var description: String { "the quote \(mark) at character \(character) is never closed" }
}
