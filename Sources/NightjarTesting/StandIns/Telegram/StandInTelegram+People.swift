public import NightjarEngine

/// What people do.
extension StandInTelegram {
    /// A person says something.
    /// - Parameters:
    ///   - chat: nil is the person's private chat with the bot; groups have negative numbers.
    ///   - thread: a forum's topic.
    /// - Returns: the update.
    @discardableResult
    public func say(_ text: String, from person: Int64 = 7, in chat: Int64? = nil, thread: Int64? = nil, file: StandInFile? = nil) -> JSONValue {
        let chat = chat ?? person
        return record.change { state in
            state.lastMessage += 1
            state.messages.append(
                StandInTelegramMessage(
                    id: state.lastMessage, chat: chat, thread: thread, isFromBot: false, text: text, source: text))
            var message: [String: JSONValue] = [
                "message_id": .integer(state.lastMessage), "date": 1_767_225_600, "chat": Self.chat(chat), "from": Self.person(person),
                "text": .string(text),
            ]
            if let file {
                let id = "file-\(state.lastMessage)"
                state.files[id] = file
                message["text"] = nil
                message["caption"] = text.isEmpty ? nil : .string(text)
                message["document"] = [
                    "file_id": .string(id), "file_unique_id": "u", "file_name": .string(file.name), "mime_type": .string(file.type),
                    "file_size": .integer(Int64(file.content.utf8.count)),
                ]
            }
            if let thread {
                message["message_thread_id"] = .integer(thread)
                message["is_topic_message"] = .bool(true)
            }
            return Self.update(["message": .object(message)], in: &state)
        }
    }

    /// A person presses a button.
    /// - Returns: the update; nil when the message has no such button.
    @discardableResult
    public func press(_ text: String, of message: StandInTelegramMessage, from person: Int64 = 7) -> JSONValue? {
        guard let button = message.buttons.first(where: { $0.text == text }) else { return nil }
        return record.change { state in
            state.lastQuery += 1
            var shown: [String: JSONValue] = [
                "message_id": .integer(message.id), "date": 1_767_225_600, "chat": Self.chat(message.chat),
                "from": Self.bot(named: username), "text": .string(message.text),
            ]
            if let thread = message.thread {
                shown["message_thread_id"] = .integer(thread)
                shown["is_topic_message"] = .bool(true)
            }
            let query: JSONValue = [
                "id": .string("query-\(state.lastQuery)"), "from": Self.person(person), "message": .object(shown),
                "chat_instance": "1", "data": .string(button.data),
            ]
            return Self.update(["callback_query": query], in: &state)
        }
    }

    /// The request by which Telegram brings an update to a webhook.
    /// - Parameter secret: what `setWebhook` was told, or would have been.
    public func request(for update: JSONValue, secret: String) -> StandInTelegramRequest {
        StandInTelegramRequest(
            headers: ["content-type": "application/json", "x-telegram-bot-api-secret-token": secret], body: update.text)
    }

    private static func update(_ content: [String: JSONValue], in state: inout StandInTelegramState) -> JSONValue {
        state.lastUpdate += 1
        let update = JSONValue.object(content.merging(["update_id": .integer(state.lastUpdate)]) { $1 })
        state.updates.append(update)
        return update
    }

    static func person(_ id: Int64) -> JSONValue {
        [
            "id": .integer(id), "is_bot": .bool(false), "first_name": .string("Person \(id)"), "username": .string("person_\(id)"),
            "language_code": "en",
        ]
    }

    static func bot(named username: String) -> JSONValue {
        ["id": 123_456, "is_bot": .bool(true), "first_name": "Nightjar", "username": .string(username)]
    }

    static func chat(_ id: Int64) -> JSONValue {
        id > 0
            ? ["id": .integer(id), "type": "private", "first_name": .string("Person \(id)")]
            : ["id": .integer(id), "type": "supergroup", "title": .string("Group \(id)")]
    }
}
