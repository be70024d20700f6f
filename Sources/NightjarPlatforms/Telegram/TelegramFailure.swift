import NightjarEngine

/// Telegram's "no" to a call: `{"ok":false,"error_code":…,"description":…,"parameters":{…}}`.
struct TelegramFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// What can be done about it.
    enum Kind: Sendable, Equatable {
        /// The markup cannot be read; as plain text it can.
        case markup
        /// The message looks as it was to look already.
        case notModified
        /// The message that was to be changed is not there, or not to be changed any more.
        case messageGone
        /// The group has a new id.
        case migrated(to: Int64)
        case tooManyRequests
        /// Somebody else polls, or a webhook is set.
        case conflict
        /// The bot's token is not a bot's.
        case unknownToken
        /// The person has blocked the bot, or the group has put it out.
        case forbidden
        /// Telegram is out of order.
        case unavailable
        case other
    }

    var kind: Kind
    /// The call, and what Telegram said of it.
    var description: String
    var retryAfter: Duration?
    /// Whether the message is refused as it is made.
    var isAboutContent: Bool

    init(method: String, status: Int, says text: String, migratedTo chat: Int64? = nil, retryAfter: Duration? = nil) {
        kind = chat.map { .migrated(to: $0) } ?? Self.kind(method: method, status: status, text: text)
        description = "Telegram answered \(method) with \(status)" + (text.isEmpty ? "" : ": \(text)")
        if kind == .unknownToken { description += "; is the bot_token the one that BotFather gave?" }
        self.retryAfter = retryAfter
        let says = text.lowercased()
        isAboutContent = [400, 413].contains(status) && [.markup, .other].contains(kind) && !Self.placeWords.contains(where: says.contains)
    }

    /// As the outbox understands it.
    var delivery: DeliveryError {
        switch kind {
        case .tooManyRequests, .unavailable: DeliveryError(description, isRetryable: true, retryAfter: retryAfter)
        default: DeliveryError(description, isRetryable: false, isAboutContent: isAboutContent)
        }
    }

    /// Telegram has no codes that would tell these apart, only its words.
    private static func kind(method: String, status: Int, text: String) -> Kind {
        let text = text.lowercased()
        switch status {
        case 429: return .tooManyRequests
        case 409: return .conflict
        case 403: return .forbidden
        case 401, 404: return text.hasPrefix("unauthorized") || text == "not found" ? .unknownToken : .other
        case 500...: return .unavailable
        case 400 where text.contains("can't parse entities"): return .markup
        case 400 where text.contains("message is not modified"): return .notModified
        case 400 where Self.goneWords.contains(where: text.contains): return .messageGone
        default: return .other
        }
    }

    /// What Telegram says of a chat that takes no message of the bot's.
    private static let placeWords = ["chat not found", "not enough rights", "have no rights", "thread not found", "peer_id_invalid", "topic_"]
    private static let goneWords = ["message to edit not found", "message can't be edited", "message_id_invalid"]
}
