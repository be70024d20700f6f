import NightjarEngine

/// A message as `sendMessage`, `sendDocument` and `editMessageText` take it, apart from where it goes.
struct TelegramOutgoing: Sendable, Equatable {
    var parameters: [String: JSONValue]
    /// The message it quotes when it is a new one.
    var quoted: Int64?

    /// - Parameter html: in Telegram's HTML.
    init(html: String, question: Question? = nil, quoted: Int64? = nil) {
        parameters = ["text": .string(html), "parse_mode": "HTML", "link_preview_options": ["is_disabled": .bool(true)]]
        parameters["reply_markup"] = question.map(TelegramKeyboard.markup)
        self.quoted = quoted
    }

    /// - Throws: ``DeliveryError`` when a formatter made something that is no message.
    init(_ message: OutboundMessage) throws(DeliveryError) {
        // One quotation is enough for an answer in several parts.
        let quoted = message.part == 0 ? TelegramRoute(message.replyRoute)?.message : nil
        switch message.rendered {
        case .text(let text):
            self.init(html: text, question: message.question, quoted: quoted)
        case .excerpt(let text, _):
            self.init(html: text, quoted: quoted)
        case .parts(let parts):
            self.init(html: parts.joined(separator: "\n"), question: message.question, quoted: quoted)
        case .payload(let payload):
            try self.init(payload: payload, question: message.question, quoted: quoted)
        }
    }

    /// - Parameter payload: from a formatter, like the parameters of `sendMessage`; where it goes is not for a formatter to say.
    private init(payload: JSONValue, question: Question?, quoted: Int64?) throws(DeliveryError) {
        guard let members = payload.object, members["text"]?.string != nil else {
            throw DeliveryError(
                "the formatter's table for Telegram has no text; it must be like the parameters of sendMessage", isRetryable: false,
                isAboutContent: true)
        }
        parameters = members
        self.quoted = members["reply_parameters"] == nil ? quoted : nil
        if let question, members["reply_markup"] == nil { parameters["reply_markup"] = TelegramKeyboard.markup(of: question) }
    }

    /// Whether there is nothing to be seen in it. Telegram refuses such a message.
    var isBlank: Bool {
        let text = parameters["text"]?.string ?? ""
        return isMarkedUp ? TelegramPlainText.isBlank(html: text) : text.allSatisfy(\.isWhitespace)
    }

    /// Whether its text is in HTML.
    var isMarkedUp: Bool { parameters["parse_mode"]?.string?.lowercased() == "html" }

    /// The same without its markup.
    var plain: TelegramOutgoing {
        var copy = self
        for key in ["text", "caption"] {
            guard isMarkedUp, let text = parameters[key]?.string else { continue }
            copy.parameters[key] = .string(TelegramPlainText.of(html: text))
        }
        for key in ["parse_mode", "entities", "caption_entities"] { copy.parameters[key] = nil }
        return copy
    }

    /// The parameters of `sendMessage`.
    func sending(to chat: TelegramChat) -> [String: JSONValue] {
        var result = parameters.merging(chat.parameters) { $1 }
        if let quoted {
            result["reply_parameters"] = ["message_id": .integer(quoted), "allow_sending_without_reply": .bool(true)]
        }
        return result
    }

    /// The parameters of `editMessageText`.
    func editing(_ message: Int64, in chat: TelegramChat) -> [String: JSONValue] {
        var result = parameters
        // What belongs to a new message only.
        for key in ["reply_parameters", "message_thread_id", "disable_notification", "protect_content"] { result[key] = nil }
        result["chat_id"] = chat.parameters["chat_id"]
        result["message_id"] = .integer(message)
        return result
    }
}
