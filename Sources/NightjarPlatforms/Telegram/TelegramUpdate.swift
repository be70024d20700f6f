import Foundation

/// What Telegram tells of: https://core.telegram.org/bots/api#update, as far as it is looked at.
struct TelegramUpdate: Decodable, Sendable {
    var id: Int64
    var message: Message?
    var callbackQuery: CallbackQuery?

    struct User: Decodable, Sendable {
        var id: Int64
        var isBot: Bool?
        var username: String?

        enum CodingKeys: String, CodingKey {
            case id
            case isBot = "is_bot"
            case username
        }
    }

    struct Chat: Decodable, Sendable {
        var id: Int64
        /// `private`, `group`, `supergroup` or `channel`.
        var type: String?
        var username: String?
    }

    struct Message: Decodable, Sendable {
        var id: Int64
        var chat: Chat
        /// Nil in channels.
        var from: User?
        /// Who speaks in the name of a chat: an anonymous administrator, a linked channel.
        var senderChat: Chat?
        /// The bot that wrote the text for a person, who only chose it.
        var viaBot: User?
        var threadID: Int64?
        /// Whether the thread is a forum's topic; other threads are only chains of replies.
        var isTopicMessage: Bool?
        var text: String?
        /// The text beside a photo or a file.
        var caption: String?
        var document: File?
        /// Sizes of one picture, the largest last.
        var photo: [File]?
        var audio: File?
        var voice: File?
        var video: File?

        /// What of it is a file.
        var file: (file: File, type: String)? {
            let picture = photo?.last.map { ($0, "image/jpeg") }
            let others = [(document, "application/octet-stream"), (audio, "audio/mpeg"), (voice, "audio/ogg"), (video, "video/mp4")]
            return picture ?? others.compactMap { file, type in file.map { ($0, type) } }.first
        }

        enum CodingKeys: String, CodingKey {
            case id = "message_id"
            case chat, from, text, caption, document, photo, audio, voice, video
            case senderChat = "sender_chat"
            case viaBot = "via_bot"
            case threadID = "message_thread_id"
            case isTopicMessage = "is_topic_message"
        }
    }

    /// https://core.telegram.org/bots/api#document, and what other files have of it.
    struct File: Decodable, Sendable {
        var id: String
        var name: String?
        var type: String?
        var size: Int?

        enum CodingKeys: String, CodingKey {
            case id = "file_id"
            case name = "file_name"
            case type = "mime_type"
            case size = "file_size"
        }
    }

    struct CallbackQuery: Decodable, Sendable {
        var id: String
        var from: User
        var message: Message?
        var data: String?
    }

    enum CodingKeys: String, CodingKey {
        case id = "update_id"
        case message
        case callbackQuery = "callback_query"
    }

    /// - Throws: ``TelegramUpdateError``
    init(parsing bytes: [UInt8]) throws(TelegramUpdateError) {
        // The decoder would take UTF-16 and UTF-32 as well, which have zeros in them; JSON in UTF-8 has none.
        guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
            throw TelegramUpdateError("it is not in UTF-8")
        }
        do {
            self = try JSONDecoder().decode(TelegramUpdate.self, from: Data(bytes))
        } catch {
            throw TelegramUpdateError(error)
        }
    }
}
