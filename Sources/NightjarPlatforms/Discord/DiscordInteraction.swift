import NightjarEngine

/// What Discord tells of a person who used the application
/// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object).
struct DiscordInteraction: Decodable, Sendable {
    enum Kind {
        static let ping = 1
        static let command = 2
        static let component = 3
        static let autocomplete = 4
        static let modal = 5
    }

    struct User: Decodable, Sendable {
        var id: String
        var bot: Bool?
    }

    struct Member: Decodable, Sendable {
        var user: User?
    }

    struct Option: Decodable, Sendable {
        var name: String
        var value: JSONValue?
    }

    struct Data: Decodable, Sendable {
        /// Of a slash command.
        var name: String?
        var type: Int?
        var options: [Option]?
        /// Of a button.
        var customID: String?

        private enum CodingKeys: String, CodingKey {
            case name
            case type
            case options
            case customID = "custom_id"
        }
    }

    /// The message that carries the button, as it looked when the button was pressed.
    struct Message: Decodable, Sendable {
        var id: String
        var content: String?
    }

    struct Channel: Decodable, Sendable {
        var id: String?
    }

    var id: String?
    var applicationID: String?
    var type: Int
    var data: Data?
    var guildID: String?
    var channelID: String?
    var channel: Channel?
    /// Who it was, in a server.
    var member: Member?
    /// Who it was, elsewhere.
    var user: User?
    var token: String?
    var message: Message?

    private enum CodingKeys: String, CodingKey {
        case id
        case applicationID = "application_id"
        case type
        case data
        case guildID = "guild_id"
        case channelID = "channel_id"
        case channel
        case member
        case user
        case token
        case message
    }
}
