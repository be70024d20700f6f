import NightjarEngine

/// What a message shows, as members of a request to Slack.
struct SlackContent: Sendable, Equatable {
    /// `text`, and `blocks` where there is more to it; a formatter's own members.
    var members: [String: JSONValue]

    init(_ message: OutboundMessage) {
        switch message.rendered {
        case .payload(.object(let payload)): members = payload
        default: members = ["text": .string(message.rendered.plainText)]
        }
        guard let question = message.question else { return }
        let text = members["text"]?.string ?? ""
        members["blocks"] = .array(
            (members["blocks"]?.array ?? SlackBlocks.sections(text)) + [SlackBlocks.buttons(question, askedIn: message.address.channel)])
    }

    init(draft text: String) {
        members = ["text": .string(text)]
    }

    /// As a new message.
    func posted(to channel: String, thread: String?, key: String?) -> [String: JSONValue] {
        var members = members
        members["channel"] = .string(channel)
        if let thread { members["thread_ts"] = .string(thread) }
        if let key { members["client_msg_id"] = .string(key) }
        return members
    }

    /// In place of what a message shows. Blocks that are not mentioned would stay, and text would be searched for names.
    func updating(_ reference: SlackMessageReference) -> [String: JSONValue] {
        var members = members
        members["channel"] = .string(reference.channel)
        members["ts"] = .string(reference.ts)
        members["blocks"] = members["blocks"] ?? []
        members["parse"] = members["parse"] ?? "none"
        return members
    }
}
