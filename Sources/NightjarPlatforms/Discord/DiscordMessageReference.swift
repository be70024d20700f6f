import NightjarEngine

/// A message of the bot by which it can be changed later: its id, and whether it is an interaction's first answer, which the interaction's
/// token changes wherever the bot itself sees nothing.
struct DiscordMessageReference: Sendable, Equatable {
    private static let original = "@original/"

    var id: String
    var isOriginal: Bool

    init(id: String, isOriginal: Bool = false) {
        self.id = id
        self.isOriginal = isOriginal
    }

    /// - Returns: nil when the text is no reference.
    init?(_ text: String) {
        isOriginal = text.hasPrefix(Self.original)
        id = String(text.dropFirst(isOriginal ? Self.original.count : 0))
        guard DiscordDecoder.isID(id) else { return nil }
    }

    var text: String { (isOriginal ? Self.original : "") + id }
}
