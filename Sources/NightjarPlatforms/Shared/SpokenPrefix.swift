/// Whether a message in a channel is for the engine because of how it begins: `!nj run …`.
enum SpokenPrefix {
    /// - Returns: whether one of the prefixes stands at the beginning, in whatever case; one that ends in a letter must be a word of its own.
    static func begins(_ text: String, withOneOf prefixes: [String]) -> Bool {
        let text = text.drop(while: \.isWhitespace).lowercased()
        return prefixes.contains { prefix in
            let prefix = prefix.lowercased()
            guard !prefix.isEmpty, text.hasPrefix(prefix) else { return false }
            guard let last = prefix.last, last.isLetter || last.isNumber else { return true }
            return text.dropFirst(prefix.count).first?.isWhitespace ?? true
        }
    }
}
