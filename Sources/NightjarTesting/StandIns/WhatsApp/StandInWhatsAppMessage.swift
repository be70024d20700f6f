public import NightjarEngine

/// A message as the person sees it.
public struct StandInWhatsAppMessage: Sendable, Equatable, Identifiable {
    public struct Button: Sendable, Equatable {
        public var id: String
        public var title: String
    }

    /// The `wamid`.
    public var id: String
    /// A number, a user's id, or a group.
    public var recipient: String
    /// Empty when it has none, as with a sticker.
    public var text: String
    public var buttons: [Button]
    /// The message that it quotes.
    public var quotes: String?
    /// As it was sent.
    public var payload: JSONValue
    public var file: StandInFile?
}
