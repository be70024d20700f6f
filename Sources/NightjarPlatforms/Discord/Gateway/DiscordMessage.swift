import NightjarEngine

/// A message that somebody wrote (https://docs.discord.com/developers/resources/message#message-object).
struct DiscordMessage: Decodable, Sendable {
    struct Attachment: Decodable, Sendable {
        var id: String
        var filename: String?
        var contentType: String?
        var size: Int?
        var url: String?

        private enum CodingKeys: String, CodingKey {
            case id
            case filename
            case contentType = "content_type"
            case size
            case url
        }
    }

    var id: String
    var channelID: String
    var guildID: String?
    var author: DiscordInteraction.User
    var content: String?
    /// 0 and 19 are what people write; others tell of joins, pins and the like.
    var type: Int?
    /// Set when no person wrote it.
    var webhookID: String?
    var mentions: [DiscordInteraction.User]?
    var attachments: [Attachment]?

    private enum CodingKeys: String, CodingKey {
        case id
        case channelID = "channel_id"
        case guildID = "guild_id"
        case author
        case content
        case type
        case webhookID = "webhook_id"
        case mentions
        case attachments
    }
}
