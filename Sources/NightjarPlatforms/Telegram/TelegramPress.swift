import NightjarEngine

/// Somebody pressed a button under one of the bot's messages, and waits for it to be answered.
struct TelegramPress: Sendable, Equatable {
    /// The callback query's.
    var id: String
    /// Where the button is; nil when Telegram does not say.
    var chat: Int64?
    var message: Int64?

    /// The parameters of `answerCallbackQuery`, without which the button would go on turning.
    /// - Parameter outcome: nil when the button is no question's, or who pressed it is nobody here.
    func answer(_ outcome: PlatformEventOutcome?) -> [String: JSONValue] {
        var parameters: [String: JSONValue] = ["callback_query_id": .string(id)]
        if let note = Self.note(outcome) { parameters["text"] = .string(String(note.prefix(TelegramLimits.noteLengthMax))) }
        return parameters
    }

    /// The parameters of `editMessageReplyMarkup` that take the buttons away; nil while the question is open.
    func removal(after outcome: PlatformEventOutcome) -> [String: JSONValue]? {
        guard case .chosen = outcome, let chat, let message else { return nil }
        return ["chat_id": .integer(chat), "message_id": .integer(message)]
    }

    private static func note(_ outcome: PlatformEventOutcome?) -> String? {
        switch outcome {
        case .chosen(let choice): "✓ \(choice)"
        case .refused(let reason): reason
        case .accepted, .duplicate, nil: nil
        }
    }
}
