import Crypto
import NightjarEngine

/// What a message shows, as members of a request to Discord
/// (https://docs.discord.com/developers/resources/message#create-message).
struct DiscordContent: Sendable, Equatable {
    /// `content`, and `components` where there is more to it; a formatter's own members.
    var members: [String: JSONValue]

    init(_ message: OutboundMessage) {
        switch message.rendered {
        case .payload(.object(let payload)): members = payload
        default: members = ["content": .string(message.rendered.plainText)]
        }
        if let question = message.question {
            members["components"] = .array((members["components"]?.array ?? []) + Self.rows(question))
        }
        forbidMentions()
    }

    init(draft text: String) {
        members = ["content": .string(text)]
        forbidMentions()
    }

    /// No text calls anybody by what it says. A formatter may name the `users` and `roles` that its own text calls.
    private mutating func forbidMentions() {
        var allowed = members["allowed_mentions"]?.object ?? [:]
        allowed["parse"] = []
        members["allowed_mentions"] = .object(allowed)
    }

    /// In place of what a message shows: what is not mentioned would stay.
    var replacing: [String: JSONValue] { members.merging(["content": .null, "components": []]) { own, _ in own } }

    /// As a new message of the bot.
    /// - Parameters:
    ///   - key: names the message to Discord for some minutes, so that it is not shown twice when it is sent twice.
    ///   - quoted: the message that it replies to.
    func posted(key: String?, quoted: String?) -> [String: JSONValue] {
        var members = members
        if let key {
            members["nonce"] = .string(Self.nonce(key))
            members["enforce_nonce"] = true
        }
        if let quoted { members["message_reference"] = ["message_id": .string(quoted), "fail_if_not_exists": false] }
        return members
    }

    /// A nonce has at most 25 characters, which the outbox's keys may be longer than.
    static func nonce(_ key: String) -> String {
        String(HexText.text(SHA256.hash(data: Array(key.utf8))).prefix(DiscordLimits.nonceLengthMax))
    }

    private static func rows(_ question: Question) -> [JSONValue] {
        let buttons = question.choices.enumerated().map { index, choice -> JSONValue in
            [
                "type": 2, "style": index == 0 ? 1 : 2, "label": .string(label(choice, index)),
                "custom_id": .string(QuestionChoice.payload(question: question.id, index: index)),
            ]
        }
        return stride(from: 0, to: buttons.count, by: DiscordLimits.buttonsPerRow).map { start in
            ["type": 1, "components": .array(Array(buttons[start..<min(start + DiscordLimits.buttonsPerRow, buttons.count)]))]
        }
    }

    /// Discord takes no empty label.
    private static func label(_ choice: String, _ index: Int) -> String {
        let label = choice.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !label.isEmpty else { return "\(index + 1)" }
        var cut = label[...]
        while cut.utf16.count > DiscordLimits.buttonLabelMax { cut.removeLast() }
        return String(cut)
    }
}
