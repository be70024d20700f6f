public import NightjarEngine

/// A message in a chat of the stand-in, as it looks now.
public struct StandInTelegramMessage: Sendable, Equatable {
    public struct Button: Sendable, Equatable {
        public var text: String
        public var data: String
    }

    public var id: Int64
    public var chat: Int64
    public var thread: Int64?
    public var isFromBot: Bool
    /// What a person sees: without tags.
    public var text: String
    /// As it was sent.
    public var source: String
    /// `HTML`, or nil for plain text.
    public var parseMode: String?
    public var buttons: [Button] = []
    /// The message that it quotes.
    public var quoted: Int64?
    /// How often it was changed.
    public var edits = 0
    public var file: StandInFile?
    /// The parameters of the call that made it or changed it last.
    public var parameters: [String: JSONValue] = [:]
}
