public import NightjarEngine

/// A message in a stand-in's channel, as it looks now.
public struct StandInDiscordMessage: Sendable, Equatable, Identifiable {
    public var id: String
    public var channel: String
    public var content: String
    public var components: [JSONValue] = []
    /// Whether Discord still shows that the answer is awaited.
    public var isAwaited = false
    /// The message that it replies to.
    public var quoted: String?
    public var file: StandInFile?
    /// How often it was changed.
    public var edits = 0
    /// The sender's own key.
    var nonce: String?
    /// As it was sent last.
    public var payload: JSONValue = .null

    /// The buttons it carries, by their labels.
    public var buttons: [String] { buttonElements.compactMap { $0["label"]?.string } }

    var buttonElements: [JSONValue] { components.flatMap { $0["components"]?.array ?? [] } }
}
