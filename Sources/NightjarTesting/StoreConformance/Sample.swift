import NightjarEngine

/// Things to store, with everything a case does not care about filled in.
enum Sample {
    static let start = Timestamp(milliseconds: 1_750_000_000_000)

    static func address(user: String = "ann", channel: String = "#ops", thread: String? = nil) -> Address {
        Address(platform: "webhook", channel: channel, thread: thread, user: user)
    }

    static func message(
        _ text: String = "hello", user: String = "ann", externalID: String? = nil, at moment: Timestamp = start
    ) -> InboundMessage {
        InboundMessage(address: address(user: user), externalID: externalID, text: text, receivedAt: moment)
    }

    static func task(
        user: String = "ann", priority: TaskPriority = .normal, message: MessageID? = nil, origin: String? = nil,
        isTurn: Bool = false, at moment: Timestamp = start
    ) -> TaskRecord {
        TaskRecord(
            agent: "helper", input: "do it", address: address(user: user), priority: priority, isSessionTurn: isTurn,
            messageID: message, origin: origin, createdAt: moment)
    }

    static func nested(under parent: TaskRecord, origin: String? = nil) -> TaskRecord {
        TaskRecord(
            agent: "helper", input: "a part of it", address: parent.address, messageID: parent.messageID, origin: origin,
            parent: parent.id, depth: parent.depth + 1, createdAt: start)
    }

    /// A question whose time is over a minute after the start.
    static func question(_ id: String = "q1", origin: String? = nil, asker: String? = nil) -> QuestionRecord {
        QuestionRecord(
            question: Question(id: id, text: "Now?", choices: ["Yes", "No"]), address: address(), origin: origin, asker: asker,
            expiresAt: start + 60)
    }

    static func reply(
        _ text: String = "done", to message: MessageID? = nil, origin: String? = nil, at moment: Timestamp = start
    ) -> OutboxEntry {
        OutboxEntry(address: address(), content: .text(text), messageID: message, origin: origin, createdAt: moment)
    }
}

extension Timestamp {
    static func + (moment: Timestamp, seconds: Int) -> Timestamp {
        moment + Duration.seconds(seconds)
    }
}
