/// What makes a message a command: a sign such as `/`, or a word such as `!nj`.
public struct CommandPrefix: Sendable, Hashable {
    /// In lower case, without spaces around it.
    public let text: String

    /// - Returns: nil when nothing is left without the spaces, since that would make every message a command.
    public init?(_ text: String) {
        let trimmed = Substring(text).trimmed(while: \.isWordSeparator)
        guard !trimmed.isEmpty else { return nil }
        self.text = trimmed.lowercased()
    }

    /// A prefix that ends in a letter or digit is a word, and must be followed by a space: `!njrun` does not begin with `!nj`.
    public var isWord: Bool {
        guard let last = text.unicodeScalars.last else { return false }
        return last.properties.isAlphabetic || last.properties.numericType != nil
    }

    /// A command as a person types it: `/run …`, `!nj run …`.
    public func typed(_ command: String) -> String {
        isWord ? "\(text) \(command)" : text + command
    }

    /// Where the command begins in `message`, or nil when the message does not begin with this prefix. Case is ignored.
    ///
    /// Compared by scalars: a joiner or accent behind a slash makes it another character, but the message is meant as a command
    /// still, and must not reach a model.
    func end(in message: Substring) -> Substring.Index? {
        let scalars = message.unicodeScalars
        var index = scalars.startIndex
        for expected in text.unicodeScalars {
            guard index < scalars.endIndex, scalars[index].properties.lowercaseMapping == String(expected) else { return nil }
            index = scalars.index(after: index)
        }
        if isWord, index < scalars.endIndex, !scalars[index].isWordSeparator { return nil }
        return index
    }
}
