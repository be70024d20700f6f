/// The outer object of the Events API (https://docs.slack.dev/apis/events-api): a handshake, or one event.
struct SlackEnvelope: Decodable, Sendable {
    /// For whom Slack sends the event: the bot itself, as one of the workspace's users.
    struct Authorization: Decodable, Sendable {
        var userID: String?
        var isBot: Bool?

        private enum CodingKeys: String, CodingKey {
            case userID = "user_id"
            case isBot = "is_bot"
        }
    }

    var type: String
    var challenge: String?
    var teamID: String?
    var event: SlackEvent?
    var authorizations: [Authorization]?
    /// In place of an event: since when events are held back because there are too many of them.
    var minuteRateLimited: Int64?

    private enum CodingKeys: String, CodingKey {
        case type
        case challenge
        case teamID = "team_id"
        case event
        case authorizations
        case minuteRateLimited = "minute_rate_limited"
    }

    /// The users that this app is.
    var botUsers: [String] {
        (authorizations ?? []).compactMap { $0.isBot == false ? nil : $0.userID }
    }
}
