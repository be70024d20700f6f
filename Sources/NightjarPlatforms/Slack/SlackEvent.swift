/// The inner object of an event: somebody's message. Other events are known by their type alone, for their members have other types.
struct SlackEvent: Decodable, Sendable {
    static let mention = "app_mention"
    static let message = "message"
    /// The subtypes of messages that people write; the others tell of edits, of bots, of who joined.
    private static let written: Set<String> = ["file_share", "thread_broadcast"]

    var type: String
    /// Nil for everything that is no message of a person, as far as the event itself tells.
    var text: Text?

    /// A message as somebody wrote it.
    struct Text: Sendable {
        var channel: String?
        /// `channel`, `group`, `im` or `mpim`; mentions have none.
        var channelType: String?
        var user: String?
        var team: String?
        var ts: String?
        var threadTS: String?
        /// In mrkdwn.
        var text: String
        var hasFiles: Bool
        var files: [File] = []
    }

    /// https://docs.slack.dev/reference/objects/file-object
    struct File: Decodable, Sendable {
        var name: String?
        var mimetype: String?
        var size: Int?
        var urlPrivate: String?

        private enum CodingKeys: String, CodingKey {
            case name
            case mimetype
            case size
            case urlPrivate = "url_private"
        }
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        type = try members.decode(String.self, forKey: .type)
        guard type == Self.mention || type == Self.message else { return }
        let subtype = try members.decodeIfPresent(String.self, forKey: .subtype)
        guard subtype.map(Self.written.contains) ?? true else { return }
        guard try members.decodeIfPresent(String.self, forKey: .botID) == nil, !Self.has(.edited, in: members),
            try members.decodeIfPresent(Bool.self, forKey: .hidden) != true
        else { return }
        text = Text(
            channel: try members.decodeIfPresent(String.self, forKey: .channel),
            channelType: try members.decodeIfPresent(String.self, forKey: .channelType),
            user: try members.decodeIfPresent(String.self, forKey: .user),
            team: try members.decodeIfPresent(String.self, forKey: .team),
            ts: try members.decodeIfPresent(String.self, forKey: .ts),
            threadTS: try members.decodeIfPresent(String.self, forKey: .threadTS),
            text: try members.decodeIfPresent(String.self, forKey: .text) ?? "", hasFiles: Self.has(.files, in: members),
            // Files of another kind than is known are passed over, and the message is not.
            files: (try? members.decodeIfPresent([File].self, forKey: .files)) ?? [])
    }

    private static func has(_ key: CodingKeys, in members: KeyedDecodingContainer<CodingKeys>) -> Bool {
        members.contains(key) && (try? members.decodeNil(forKey: key)) == false
    }

    private enum CodingKeys: String, CodingKey {
        case type
        case subtype
        case botID = "bot_id"
        case edited
        case hidden
        case channel
        case channelType = "channel_type"
        case user
        case team
        case ts
        case threadTS = "thread_ts"
        case text
        case files
    }
}
