import GRDB
public import NightjarEngine

extension SQLiteStore {
    @discardableResult
    public func post(_ entries: [OutboxEntry]) async throws -> [OutboxEntry] {
        let replies = try entries.map(EncodedReply.init)
        return try await write { try OutboxTable(db: $0).post(replies) }
    }

    public func pendingOutbox(limit: Int, after last: OutboxEntry?) async throws -> [OutboxEntry] {
        try await read { try OutboxTable(db: $0).pending(limit: limit, after: last) }
    }

    public func updateOutbox(_ entries: [OutboxEntry]) async throws {
        let replies = try entries.map(EncodedReply.init)
        try await write { try OutboxTable(db: $0).update(replies) }
    }

    public func replies(to message: MessageID) async throws -> [OutboxEntry] {
        try await read { try OutboxTable(db: $0).replies(to: message) }
    }

    public func deadReplies(user: String?, task: TaskID?, limit: Int) async throws -> [OutboxEntry] {
        try await read { try OutboxTable(db: $0).dead(user: user, task: task, limit: limit) }
    }

    public func outboxCounts() async throws -> [OutboxEntry.State: Int] {
        try await read { try OutboxTable(db: $0).counts() }
    }
}
