/// One word of a command, without its quotes and escapes.
public struct CommandWord: Sendable, Equatable {
    public var text: String
    /// It began with a quotation mark, so it is never a flag: `"--force"` is an argument.
    public var isQuoted: Bool
    /// Where it stands in the message, in UTF-8 bytes, its quotes included.
    public var bytes: Range<Int>

    public init(text: String, isQuoted: Bool, bytes: Range<Int>) {
        self.text = text
        self.isQuoted = isQuoted
        self.bytes = bytes
    }
}
