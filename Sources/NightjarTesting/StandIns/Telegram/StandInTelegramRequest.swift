/// A request as Telegram sends it to a webhook.
public struct StandInTelegramRequest: Sendable, Equatable {
    public var method = "POST"
    /// Names in lower case.
    public var headers: [String: String]
    public var body: String
}
