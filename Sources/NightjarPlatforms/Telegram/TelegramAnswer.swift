/// What Telegram answers every call with: https://core.telegram.org/bots/api#making-requests.
struct TelegramAnswer<Content: Decodable & Sendable>: Decodable, Sendable {
    struct Parameters: Decodable, Sendable {
        var migrateToChatID: Int64?
        var retryAfter: Double?

        enum CodingKeys: String, CodingKey {
            case migrateToChatID = "migrate_to_chat_id"
            case retryAfter = "retry_after"
        }
    }

    var isOK: Bool
    /// Nil when it is not as expected: what was done is done all the same.
    var result: Content?
    var description: String
    var parameters: Parameters?

    enum CodingKeys: String, CodingKey {
        case isOK = "ok"
        case result, description, parameters
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        isOK = try container.decode(Bool.self, forKey: .isOK)
        result = try? container.decode(Content.self, forKey: .result)
        description = (try? container.decode(String.self, forKey: .description)) ?? ""
        parameters = try? container.decode(Parameters.self, forKey: .parameters)
    }
}
