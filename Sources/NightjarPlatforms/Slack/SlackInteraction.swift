import NightjarEngine

/// The `payload` of an interactivity request (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload).
struct SlackInteraction: Decodable, Sendable {
    static let blockActions = "block_actions"

    struct Named: Decodable, Sendable {
        var id: String
        var name: String?
    }

    /// The message that carries the button, as it looked when the button was pressed.
    struct Message: Decodable, Sendable {
        var ts: String
        var threadTS: String?
        var text: String?
        var blocks: [JSONValue]?

        private enum CodingKeys: String, CodingKey {
            case ts
            case threadTS = "thread_ts"
            case text
            case blocks
        }
    }

    struct Action: Decodable, Sendable {
        /// Nil for what is no button.
        var value: String?
        var blockID: String?

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            guard try members.decode(String.self, forKey: .type) == "button" else { return }
            value = try members.decodeIfPresent(String.self, forKey: .value)
            blockID = try members.decodeIfPresent(String.self, forKey: .blockID)
        }

        private enum CodingKeys: String, CodingKey {
            case type
            case value
            case blockID = "block_id"
        }
    }

    var type: String
    var team: Named?
    var user: Named?
    var channel: Named?
    var message: Message?
    var actions: [Action] = []
    var responseURL: String?

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        type = try members.decode(String.self, forKey: .type)
        guard type == Self.blockActions else { return }
        team = try members.decodeIfPresent(Named.self, forKey: .team)
        user = try members.decodeIfPresent(Named.self, forKey: .user)
        channel = try members.decodeIfPresent(Named.self, forKey: .channel)
        message = try members.decodeIfPresent(Message.self, forKey: .message)
        actions = try members.decodeIfPresent([Action].self, forKey: .actions) ?? []
        responseURL = try members.decodeIfPresent(String.self, forKey: .responseURL)
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case team
        case user
        case channel
        case message
        case actions
        case responseURL = "response_url"
    }
}
