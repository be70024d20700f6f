import NightjarEngine

/// A chat as calls name it.
struct TelegramChat: Sendable, Hashable {
    /// A number, or the `@name` of a public group or channel.
    var name: String
    /// A forum's topic.
    var thread: Int64?

    init(name: String, thread: Int64? = nil) {
        self.name = name
        self.thread = thread
    }

    init(_ address: Address) {
        self.init(name: address.channel, thread: address.thread.flatMap { Int64($0) })
    }

    /// People's numbers are positive, those of groups and channels negative.
    var isPrivate: Bool { Int64(name).map { $0 > 0 } ?? false }

    /// What every call about the chat has.
    var parameters: [String: JSONValue] {
        var parameters: [String: JSONValue] = ["chat_id": Int64(name).map { .integer($0) } ?? .string(name)]
        parameters["message_thread_id"] = thread.map { .integer($0) }
        return parameters
    }
}
