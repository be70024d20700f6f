import NightjarEngine

/// What Telegram checks of messages, and what becomes of them.
extension StandInTelegramState {
    /// In UTF-16, after the markup is read.
    private static let textLengthMax = 4096
    private static let callbackBytesMax = 64
    private static let buttonsMax = 100
    private static let buttonsPerRowMax = 8

    mutating func send(
        _ parameters: [String: JSONValue], bot: String, limits: StandInTelegramLimits?
    ) throws(StandInTelegramRefusal) -> JSONValue {
        let chat = try self.chat(parameters)
        let text = try self.text(parameters)
        let buttons = try self.buttons(parameters)
        var quoted = parameters["reply_parameters"]?["message_id"]?.integer
        if let id = quoted, !messages.contains(where: { $0.chat == chat && $0.id == id }) {
            guard parameters["reply_parameters"]?["allow_sending_without_reply"] == .bool(true) else {
                throw .badRequest("message to be replied not found")
            }
            quoted = nil
        }
        try limits?.check(&sends, chat: chat)
        lastMessage += 1
        messages.append(
            StandInTelegramMessage(
                id: lastMessage, chat: chat, thread: parameters["message_thread_id"]?.integer, isFromBot: true, text: text,
                source: parameters["text"]?.string ?? "", parseMode: parameters["parse_mode"]?.string, buttons: buttons, quoted: quoted,
                parameters: parameters))
        nativeDrafts[chat] = nil
        return document(messages[messages.count - 1], bot: bot)
    }

    mutating func sendDocument(
        _ file: StandInFile, _ parameters: [String: JSONValue], bot: String, limits: StandInTelegramLimits?
    ) throws(StandInTelegramRefusal) -> JSONValue {
        let caption = parameters["caption"]?.string ?? ""
        var shown = parameters
        // The rules of a text are those of a caption, which may be empty and is shorter.
        guard caption.utf16.count <= 1024 else { throw .badRequest("message caption is too long") }
        shown["text"] = .string(caption.isEmpty ? "-" : caption)
        let document = try send(shown, bot: bot, limits: limits)
        messages[messages.count - 1].file = file
        if caption.isEmpty { messages[messages.count - 1].text = "" }
        return document
    }

    mutating func edit(_ parameters: [String: JSONValue], bot: String) throws(StandInTelegramRefusal) -> JSONValue {
        let index = try message(parameters)
        let text = try self.text(parameters)
        let buttons = try self.buttons(parameters)
        guard messages[index].text != text || messages[index].buttons != buttons else { throw Self.notModified }
        messages[index].text = text
        messages[index].source = parameters["text"]?.string ?? ""
        messages[index].parseMode = parameters["parse_mode"]?.string
        messages[index].buttons = buttons
        messages[index].parameters = parameters
        messages[index].edits += 1
        return document(messages[index], bot: bot)
    }

    mutating func editButtons(_ parameters: [String: JSONValue], bot: String) throws(StandInTelegramRefusal) -> JSONValue {
        let index = try message(parameters)
        let buttons = try self.buttons(parameters)
        guard messages[index].buttons != buttons else { throw Self.notModified }
        messages[index].buttons = buttons
        return document(messages[index], bot: bot)
    }

    mutating func draft(_ parameters: [String: JSONValue]) throws(StandInTelegramRefusal) -> JSONValue {
        let chat = try self.chat(parameters)
        guard chat > 0 else { throw .badRequest("the method is available only in private chats") }
        guard let id = parameters["draft_id"]?.integer, id != 0 else { throw .badRequest("DRAFT_ID_INVALID") }
        nativeDrafts[chat] = try text(parameters)
        return .bool(true)
    }

    func action(_ parameters: [String: JSONValue]) throws(StandInTelegramRefusal) -> JSONValue {
        _ = try chat(parameters)
        guard parameters["action"] == "typing" else { throw .badRequest("wrong parameter action in request") }
        return .bool(true)
    }

    private static let notModified = StandInTelegramRefusal.badRequest(
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply "
            + "markup of the message")

    private func chat(_ parameters: [String: JSONValue]) throws(StandInTelegramRefusal) -> Int64 {
        guard let value = parameters["chat_id"] else { throw .badRequest("chat_id is empty") }
        guard let chat = value.integer, chat != 0 else { throw .badRequest("chat not found") }
        if let new = migrated[chat] {
            throw StandInTelegramRefusal(
                status: 400, description: "Bad Request: group chat was upgraded to a supergroup chat",
                parameters: ["migrate_to_chat_id": .integer(new)])
        }
        if blockedBy.contains(chat) { throw StandInTelegramRefusal(status: 403, description: "Forbidden: bot was blocked by the user") }
        return chat
    }

    private func text(_ parameters: [String: JSONValue]) throws(StandInTelegramRefusal) -> String {
        let source = parameters["text"]?.string ?? ""
        let text: String
        switch parameters["parse_mode"] {
        case nil: text = source
        case "HTML": text = try StandInTelegramHTML.text(of: source)
        default: throw .badRequest("unsupported parse_mode")
        }
        guard text.contains(where: { !$0.isWhitespace }) else { throw .badRequest("message text is empty") }
        guard text.utf16.count <= Self.textLengthMax else { throw .badRequest("message is too long") }
        return text
    }

    private func buttons(_ parameters: [String: JSONValue]) throws(StandInTelegramRefusal) -> [StandInTelegramMessage.Button] {
        guard let markup = parameters["reply_markup"] else { return [] }
        guard let rows = markup["inline_keyboard"]?.array else { throw .badRequest("object expected as reply markup") }
        var buttons: [StandInTelegramMessage.Button] = []
        for row in rows {
            guard let row = row.array, row.count <= Self.buttonsPerRowMax else { throw .badRequest("inline keyboard row is wrong") }
            for button in row {
                guard let text = button["text"]?.string, !text.isEmpty else { throw .badRequest("inline keyboard button text is empty") }
                guard let data = button["callback_data"]?.string, (1...Self.callbackBytesMax).contains(data.utf8.count) else {
                    throw .badRequest("BUTTON_DATA_INVALID")
                }
                buttons.append(StandInTelegramMessage.Button(text: text, data: data))
            }
        }
        guard buttons.count <= Self.buttonsMax else { throw .badRequest("reply markup is too long") }
        return buttons
    }

    private func message(_ parameters: [String: JSONValue]) throws(StandInTelegramRefusal) -> Int {
        let chat = try self.chat(parameters)
        guard let id = parameters["message_id"]?.integer else { throw .badRequest("message identifier is not specified") }
        guard let index = messages.firstIndex(where: { $0.chat == chat && $0.id == id }) else {
            throw .badRequest("message to edit not found")
        }
        guard messages[index].isFromBot else { throw .badRequest("message can't be edited") }
        return index
    }

    private func document(_ message: StandInTelegramMessage, bot: String) -> JSONValue {
        var members: [String: JSONValue] = [
            "message_id": .integer(message.id), "date": 1_767_225_600, "text": .string(message.text),
            "chat": StandInTelegram.chat(message.chat), "from": StandInTelegram.bot(named: bot),
        ]
        members["message_thread_id"] = message.thread.map { .integer($0) }
        if !message.buttons.isEmpty { members["reply_markup"] = message.parameters["reply_markup"] }
        return .object(members)
    }
}
