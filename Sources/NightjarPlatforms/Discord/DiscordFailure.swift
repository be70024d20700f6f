import NightjarEngine

/// Discord has understood a request and does not do it: `{"code":…,"message":…}` with a status of 4xx
/// (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
struct DiscordFailure: Error, Sendable, Equatable {
    /// What was asked for: `a message`.
    var label: String
    var status: Int
    /// Discord's number for it; 0 when it gave none.
    var code: Int
    var message: String

    private static let unknownMessage = 10008
    private static let unknownWebhook = 10015
    private static let unknownInteraction = 10062
    private static let invalidToken = 50027

    /// Whether the message that was to be changed is not there, so that a new one must take its place.
    var isAboutMessage: Bool { code == Self.unknownMessage || code == 50005 }

    /// Whether the interaction cannot be answered any more.
    var isAboutInteraction: Bool { [Self.unknownWebhook, Self.unknownInteraction, Self.invalidToken].contains(code) }

    /// Whether the message is refused as it is made.
    var isAboutContent: Bool { status == 400 || status == 413 }

    /// Whether the bot may not speak there, or does not see the channel.
    var isAboutAccess: Bool { [50001, 50013, 10003].contains(code) }

    /// A refused token is replaced within minutes when somebody sees the log, so what was to be said with it is kept for a while.
    var isRefusedToken: Bool { status == 401 }

    func deliveryError(channel: String) -> DeliveryError {
        var text = "Discord refused \(label) with \(status)"
        if code != 0 || !message.isEmpty { text += ": \(message) (\(code))" }
        if let hint = hint(channel) { text += ". \(hint)" }
        return DeliveryError(text, isRetryable: isRefusedToken, isAboutContent: isAboutContent)
    }

    /// What to do about it, for the operator.
    private func hint(_ channel: String) -> String? {
        switch code {
        case 50001: "Invite the bot to the server, and let it see the channel \(channel)"
        case 50013: "Let the bot send messages in the channel \(channel)"
        case 10003: "There is no channel \(channel)"
        case 50007: "The person takes no direct messages of the bot"
        case 50035: "If a formatter made this message, look at what it returns"
        case _ where isRefusedToken:
            "Give the bot's token as bot_token; the portal shows it once, and a new one makes it invalid"
        default: nil
        }
    }
}
