import NightjarEngine

/// What an interaction says, and how it is answered within Discord's three seconds
/// (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type).
enum DiscordReading: Sendable {
    case ping
    /// A slash command; the answer comes later.
    case command(InboundMessage)
    /// A button of a question.
    case press(QuestionChoice, content: String)
    /// Nothing for the engine; the person is told why.
    case refused(String)
    /// What people are offered while they type: nothing, since no option asks for it.
    case autocomplete
    /// A button or a form that is none of the engine's.
    case nothing

    private enum Callback {
        static let pong = 1
        static let message = 4
        static let deferred = 5
        static let deferredUpdate = 6
        static let update = 7
        static let autocomplete = 8
    }

    /// Only the person sees it.
    private static let ephemeral: JSONValue = 64

    var events: [PlatformEvent] {
        switch self {
        case .command(let message): [.message(message)]
        case .press(let choice, _): [.choice(choice)]
        case .ping, .refused, .autocomplete, .nothing: []
        }
    }

    /// - Parameter outcome: of the event, if there is one.
    func callback(after outcome: PlatformEventOutcome?) -> JSONValue {
        switch self {
        case .ping: Self.callback(Callback.pong)
        case .command: Self.callback(Callback.deferred)
        case .press(_, let content): Self.callback(ofPressOn: content, outcome)
        case .refused(let reason): Self.note(reason)
        case .autocomplete: Self.callback(Callback.autocomplete, ["choices": []])
        case .nothing: Self.callback(Callback.deferredUpdate)
        }
    }

    private static func callback(ofPressOn content: String, _ outcome: PlatformEventOutcome?) -> JSONValue {
        switch outcome {
        case .chosen(let choice):
            // The message as it was, with the choice in place of its buttons.
            let mark = "\n✓ \(choice)"
            let shown = (content.utf16.count + mark.utf16.count <= DiscordLimits.contentLengthMax ? content + mark : content)
            return callback(Callback.update, ["content": .string(shown), "components": [], "allowed_mentions": ["parse": []]])
        case .refused(let reason): return note(reason)
        case .accepted, .duplicate, nil: return callback(Callback.deferredUpdate)
        }
    }

    private static func note(_ text: String) -> JSONValue {
        callback(Callback.message, ["content": .string(text), "flags": ephemeral, "allowed_mentions": ["parse": []]])
    }

    private static func callback(_ type: Int, _ data: [String: JSONValue]? = nil) -> JSONValue {
        var members: [String: JSONValue] = ["type": .integer(Int64(type))]
        members["data"] = data.map(JSONValue.object)
        return .object(members)
    }
}
