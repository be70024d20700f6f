/// A text, and whether it is said to the bot: the mention or the `@name` by which groups address a bot is not part of what is said.
enum TelegramSpeech: Equatable {
    /// Said to the bot, or to everybody.
    case said(String)
    /// A command for another bot.
    case forAnother
    /// It names somebody, and the bot's own name is not known yet.
    case undecided

    /// - Parameter username: the bot's, without `@`; nil while it is not known.
    init(_ text: String, username: String?) {
        var rest = text.drop(while: \.isWhitespace)
        if rest.hasPrefix("@") {
            guard let username else {
                self = .undecided
                return
            }
            let name = rest.dropFirst().prefix(while: Self.isNameCharacter)
            if Self.isSame(name, username) {
                rest = rest[name.endIndex...].drop { $0.isWhitespace || $0 == "," || $0 == ":" }
            }
        }
        if let name = Self.addressee(of: rest) {
            guard let username else {
                self = .undecided
                return
            }
            guard Self.isSame(name, username) else {
                self = .forAnother
                return
            }
            rest = Substring(rest[..<rest.index(before: name.startIndex)] + rest[name.endIndex...])
        }
        self = .said(String(rest))
    }

    /// The name in `/command@name`.
    private static func addressee(of text: Substring) -> Substring? {
        guard text.hasPrefix("/") else { return nil }
        let command = text.dropFirst().prefix(while: isNameCharacter)
        let rest = text[command.endIndex...]
        guard !command.isEmpty, rest.hasPrefix("@") else { return nil }
        let name = rest.dropFirst().prefix(while: isNameCharacter)
        return name.isEmpty ? nil : name
    }

    private static func isSame(_ name: Substring, _ username: String) -> Bool { name.lowercased() == username.lowercased() }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }
}
