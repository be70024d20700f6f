import GRDB
public import NightjarEngine

extension SQLiteStore {
    public func accept(_ message: InboundMessage, claiming slot: TriggerSlot?) async throws -> AcceptOutcome {
        try await write { db in
            let messages = MessageTable(db: db)
            if let known = try messages.findRemembered(like: message) {
                return known.message.text == message.text ? .duplicate(known) : .conflict(known)
            }
            if let slot {
                guard try messages.claim(slot) else { return .slotTaken }
                try TriggerTable(db: db).count(slot)
            }
            try messages.insert(message)
            return .accepted
        }
    }

    public func finishMessage(_ id: MessageID, replies: [OutboxEntry]) async throws {
        let replies = try replies.map(EncodedReply.init)
        try await write { db in
            try MessageTable(db: db).markHandled(id)
            try OutboxTable(db: db).post(replies)
        }
    }

    public func message(_ id: MessageID) async throws -> MessageRecord? {
        try await read { try MessageTable(db: $0).find(id) }
    }

    public func unhandledMessages() async throws -> [MessageRecord] {
        try await read { try MessageTable(db: $0).unhandled() }
    }

    public func lastSlots() async throws -> [String: Timestamp] {
        try await read { try MessageTable(db: $0).lastSlots() }
    }

    public func claimSlots(_ slots: [TriggerSlot]) async throws {
        guard !slots.isEmpty else { return }
        try await write { db in
            let table = MessageTable(db: db)
            for slot in slots { try table.setLast(slot) }
        }
    }

    public func triggerMemories() async throws -> [TriggerMemory] {
        try await read { try TriggerTable(db: $0).all() }
    }

    public func saveTriggers(_ memories: [TriggerMemory]) async throws {
        guard !memories.isEmpty else { return }
        try await write { db in
            let table = TriggerTable(db: db)
            for memory in memories { try table.save(memory) }
        }
    }

    public func loadState() async throws -> [String: String] {
        try await read { try ScriptStateTable(db: $0).load() }
    }

    public func saveState(_ changes: [String: String?]) async throws {
        try await write { try ScriptStateTable(db: $0).save(changes) }
    }

    public func prune(_ retention: Retention, at now: Timestamp, batch: Int) async throws -> Int {
        try await write { db in
            let tasks = TaskPruning(db: db)
            var pruned = 0
            for (state, age) in [
                (TaskState.completed, retention.completed), (.cancelled, retention.completed), (.failed, retention.failed),
            ] {
                pruned += try tasks.prune(state, before: now - age, batch: batch - pruned)
            }
            let limit = now - max(retention.messages, StoreLimits.deduplicationWindow)
            return max(
                pruned, try MessageTable(db: db).prune(before: limit, batch: batch),
                try OutboxTable(db: db).prune(before: limit, batch: batch), try QuestionTable(db: db).prune(before: limit, batch: batch))
        }
    }
}
