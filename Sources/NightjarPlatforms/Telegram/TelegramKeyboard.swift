import NightjarEngine

/// A question's choices as buttons under a message: https://core.telegram.org/bots/api#inlinekeyboardmarkup.
enum TelegramKeyboard {
    static func markup(of question: Question) -> JSONValue {
        let buttons = question.choices.enumerated().map { index, choice -> JSONValue in
            // A button must have a text.
            let text = choice.contains { !$0.isWhitespace } ? choice : "\(index + 1)"
            return ["text": .string(text), "callback_data": .string(QuestionChoice.payload(question: question.id, index: index))]
        }
        let isShort =
            buttons.count <= TelegramLimits.buttonsPerRowMax
            && question.choices.reduce(0) { $0 + $1.count } <= TelegramLimits.buttonsRowLengthMax
        return ["inline_keyboard": .array(isShort ? [.array(buttons)] : buttons.map { [$0] })]
    }
}
