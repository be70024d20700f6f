import NightjarEngine

/// What a message is sent as: one request, or two where its text does not fit above its buttons.
///
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages and
/// …/interactive-reply-buttons-messages
enum WhatsAppContent {
    /// Stands above the buttons when the question itself went ahead.
    static let shortQuestion = "Please choose:"

    /// The bodies of the requests, in their order.
    static func bodies(of message: OutboundMessage) -> [JSONValue] {
        var contents = contents(of: message)
        // What answers a message quotes it, once.
        if let route = WhatsAppRoute(message.replyRoute), message.part == 0, contents[0]["context"] == nil {
            contents[0]["context"] = ["message_id": .string(route.message)]
        }
        return contents.map { addressed($0, to: message.address.channel) }
    }

    /// - Parameter id: of the uploaded file.
    static func document(_ id: String, _ file: OutboundFile, caption: String, of message: OutboundMessage) -> JSONValue {
        var document: [String: JSONValue] = ["id": .string(id), "filename": .string(file.name)]
        if !caption.isEmpty { document["caption"] = .string(caption) }
        var content: [String: JSONValue] = ["type": "document", "document": .object(document)]
        if let route = WhatsAppRoute(message.replyRoute) { content["context"] = ["message_id": .string(route.message)] }
        return addressed(content, to: message.address.channel)
    }

    static func body(of notice: WhatsAppPlatform.Notice) -> JSONValue { addressed(text(notice.text), to: notice.channel) }

    /// A formatter's table has no say in where it goes.
    private static func addressed(_ content: [String: JSONValue], to channel: String) -> JSONValue {
        var members = content
        members["to"] = nil
        members["recipient"] = nil
        members["messaging_product"] = "whatsapp"
        members.merge(WhatsAppRecipient(channel: channel).members) { $1 }
        return .object(members)
    }

    private static func contents(of message: OutboundMessage) -> [[String: JSONValue]] {
        if case .payload(let payload) = message.rendered, let members = payload.object { return [members] }
        let body = message.rendered.plainText
        guard let question = message.question else { return [text(body)] }
        guard fitsButtons(question) else { return numbered(question, under: body) }
        if length(body) <= WhatsAppLimits.buttonsBodyLengthMax { return [buttons(question, under: body)] }
        return [text(body), buttons(question, under: shortQuestion)]
    }

    private static func text(_ body: String) -> [String: JSONValue] {
        ["type": "text", "text": ["preview_url": false, "body": .string(body)]]
    }

    private static func buttons(_ question: Question, under body: String) -> [String: JSONValue] {
        let buttons = question.choices.enumerated().map { index, title -> JSONValue in
            let id = QuestionChoice.payload(question: question.id, index: index)
            return ["type": "reply", "reply": ["id": .string(id), "title": .string(title)]]
        }
        return [
            "type": "interactive",
            "interactive": ["type": "button", "body": ["text": .string(body)], "action": ["buttons": .array(buttons)]],
        ]
    }

    /// Choices that are no buttons are answered by their numbers.
    private static func numbered(_ question: Question, under body: String) -> [[String: JSONValue]] {
        let choices = question.choices.enumerated().map { "\($0.offset + 1). \($0.element)" }
        let list = (choices + ["", "Answer with a number."]).joined(separator: "\n")
        let whole = "\(body)\n\n\(list)"
        return length(whole) <= WhatsAppLimits.bodyLengthMax ? [text(whole)] : [text(body), text(list)]
    }

    /// Titles are short, on one line, and no two are the same.
    private static func fitsButtons(_ question: Question) -> Bool {
        let choices = question.choices
        let ids = choices.indices.map { QuestionChoice.payload(question: question.id, index: $0) }
        return (1...WhatsAppLimits.buttonsMax).contains(choices.count) && Set(choices).count == choices.count
            && choices.allSatisfy { title in
                length(title) <= WhatsAppLimits.buttonTitleLengthMax && title.contains { !$0.isWhitespace }
                    && !title.contains(where: \.isNewline)
            } && ids.allSatisfy { length($0) <= WhatsAppLimits.buttonIDLengthMax }
    }

    private static func length(_ text: String) -> Int { text.utf16.count }
}
