import NightjarEngine

/// Block Kit, as far as it is needed (https://docs.slack.dev/reference/block-kit).
enum SlackBlocks {
    static func sections(_ mrkdwn: String) -> [JSONValue] {
        // One block is left for the buttons.
        SlackSections.cut(mrkdwn).prefix(SlackLimits.blocksMax - 1).map { piece in
            ["type": "section", "text": ["type": "mrkdwn", "text": .string(piece)]]
        }
    }

    /// - Parameter channel: where the question is asked, as its asker names it: a press tells only the channel's id.
    static func buttons(_ question: Question, askedIn channel: String) -> JSONValue {
        let elements = question.choices.enumerated().map { index, choice -> JSONValue in
            [
                "type": "button", "action_id": .string("nj_\(index)"),
                "text": ["type": "plain_text", "text": .string(label(choice, index)), "emoji": true],
                "value": .string(QuestionChoice.payload(question: question.id, index: index)),
            ]
        }
        return ["type": "actions", "block_id": .string(blockIDPrefix + channel), "elements": .array(elements)]
    }

    private static let blockIDPrefix = "nj:"

    /// Where the question of a pressed button was asked.
    /// - Returns: nil when the block does not tell.
    static func channel(ofBlock id: String?) -> String? {
        guard let id, id.hasPrefix(blockIDPrefix), id.utf8.count > blockIDPrefix.utf8.count else { return nil }
        return String(id.dropFirst(blockIDPrefix.count))
    }

    /// A label must have something in it.
    private static func label(_ choice: String, _ index: Int) -> String {
        guard choice.contains(where: { !$0.isWhitespace }) else { return "\(index + 1)" }
        guard choice.utf16.count > SlackLimits.buttonTextMax else { return choice }
        var label = choice
        while label.utf16.count >= SlackLimits.buttonTextMax { label.removeLast() }
        return label + "…"
    }

    /// What a question's message shows when it is answered: all but its buttons, and who chose what.
    static func answered(_ press: SlackPress, with choice: String) -> SlackContent {
        let note = "✓ *\(SlackText.escaped(choice))* · <@\(press.user)>"
        let kept = press.blocks.filter { $0["type"]?.string != "actions" }.prefix(SlackLimits.blocksMax - 1)
        let context: JSONValue = ["type": "context", "elements": [["type": "mrkdwn", "text": .string(note)]]]
        var content = SlackContent(draft: press.text.isEmpty ? note : press.text)
        content.members["blocks"] = .array((kept.isEmpty ? sections(press.text) : Array(kept)) + [context])
        return content
    }
}
