import GRDB
import NightjarEngine

/// The messages promised to people.
struct OutboxTable {
    let db: Database

    private static let columns = """
        id, state, platform, channel, thread, user, reply_route, content, message_id, task_id, origin, rendered, \
        parts_sent, attempts, next_attempt_at, created_at, last_error
        """

    /// Stores new entries; one whose origin exists already is left as it is.
    /// - Returns: those that are new.
    @discardableResult
    func post(_ replies: [EncodedReply]) throws -> [OutboxEntry] {
        try replies.filter { try post($0) }.map(\.entry)
    }

    private func post(_ reply: EncodedReply) throws -> Bool {
        var query = try Query(
            db,
            """
            INSERT INTO outbox (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (origin) WHERE origin IS NOT NULL DO NOTHING
            """)
        let entry = reply.entry
        query.bind(entry.id)
        query.bind(entry.state.rawValue)
        query.bind(entry.address)
        query.bind(entry.replyRoute)
        query.bind(reply.content)
        query.bind(entry.messageID?.rawValue)
        query.bind(entry.taskID?.rawValue)
        query.bind(entry.origin)
        query.bind(reply.rendered)
        query.bind(entry.partsSent)
        query.bind(entry.attempts)
        query.bind(entry.nextAttemptAt)
        query.bind(entry.createdAt)
        query.bind(entry.lastError)
        try query.run()
        return db.changesCount > 0
    }

    func update(_ replies: [EncodedReply]) throws {
        for reply in replies {
            var query = try Query(
                db,
                """
                UPDATE outbox SET state = ?, rendered = ?, parts_sent = ?, attempts = ?, next_attempt_at = ?, last_error = ?
                WHERE id = ?
                """)
            query.bind(reply.entry.state.rawValue)
            query.bind(reply.rendered)
            query.bind(reply.entry.partsSent)
            query.bind(reply.entry.attempts)
            query.bind(reply.entry.nextAttemptAt)
            query.bind(reply.entry.lastError)
            query.bind(reply.entry.id)
            try query.run()
        }
    }

    /// - Parameter last: nothing follows an entry that is not there.
    func pending(limit: Int, after last: OutboxEntry?) throws -> [OutboxEntry] {
        let position = last == nil ? "0" : "(SELECT seq FROM outbox WHERE id = ?)"
        var query = try Query(
            db,
            "SELECT \(Self.columns) FROM outbox INDEXED BY outbox_pending WHERE state = 'pending' AND seq > \(position) ORDER BY seq LIMIT ?")
        if let last { query.bind(last.id) }
        query.bind(max(limit, 0))
        return try Self.entries(&query)
    }

    /// By when they were made: few are given up, so those of one person or task are looked for among them.
    func dead(user: String?, task: TaskID?, limit: Int) throws -> [OutboxEntry] {
        var query = try Query(
            db,
            """
            SELECT \(Self.columns) FROM outbox INDEXED BY outbox_settled WHERE state = 'dead' AND state <> 'pending'
                AND (?1 IS NULL OR platform || ':' || user = ?1) AND (?2 IS NULL OR task_id = ?2)
            ORDER BY created_at DESC, seq DESC LIMIT ?3
            """)
        query.bind(user)
        query.bind(task?.rawValue)
        query.bind(max(limit, 0))
        return try Self.entries(&query)
    }

    func replies(to message: MessageID) throws -> [OutboxEntry] {
        var query = try Query(
            db, "SELECT \(Self.columns) FROM outbox INDEXED BY outbox_message WHERE message_id = ? ORDER BY seq")
        query.bind(message.rawValue)
        return try Self.entries(&query)
    }

    func counts() throws -> [OutboxEntry.State: Int] {
        var counts: [OutboxEntry.State: Int] = [:]
        for state in OutboxEntry.State.allCases {
            // Written out, since a bound word could not use the partial indexes.
            let guardClause = state == .pending ? "" : "AND state <> 'pending'"
            var query = try Query(db, "SELECT count(*) FROM outbox WHERE state = '\(state.rawValue)' \(guardClause)")
            counts[state] = try query.step() ? Int(query.integer()) : 0
        }
        return counts
    }

    /// Deletes settled entries made before `limit`, at most `batch`, but none of a message whose handler may run again.
    /// - Returns: how many went.
    func prune(before limit: Timestamp, batch: Int) throws -> Int {
        var pruned = 0
        for state in OutboxEntry.State.allCases where state != .pending {
            var query = try Query(
                db,
                """
                DELETE FROM outbox WHERE seq IN (
                    SELECT seq FROM outbox WHERE state = '\(state.rawValue)' AND state <> 'pending' AND created_at < ?
                        AND NOT EXISTS (SELECT 1 FROM messages WHERE id = outbox.message_id AND state = 'accepted')
                    ORDER BY created_at LIMIT ?)
                """)
            query.bind(limit)
            query.bind(batch - pruned)
            try query.run()
            pruned += db.changesCount
        }
        return pruned
    }

    private static func entries(_ query: inout Query) throws -> [OutboxEntry] {
        var entries: [OutboxEntry] = []
        while try query.step() { entries.append(try entry(&query)) }
        return entries
    }

    private static func entry(_ query: inout Query) throws -> OutboxEntry {
        let id = query.text()
        let state: OutboxEntry.State = try StoredWord.read(query.text())
        let address = query.address()
        let replyRoute = query.optionalText()
        let content = try JSONColumn.decode(ReplyContent.self, query.text())
        let messageID = query.optionalText().map(MessageID.init(rawValue:))
        let taskID = query.optionalText().map(TaskID.init(rawValue:))
        let origin = query.optionalText()
        let rendered = try query.optionalText().map { try JSONColumn.decode(RenderedMessage.self, $0) }
        let partsSent = Int(query.integer())
        let attempts = Int(query.integer())
        let nextAttemptAt = query.timestamp()
        var entry = OutboxEntry(
            address: address, replyRoute: replyRoute, content: content, messageID: messageID, taskID: taskID,
            origin: origin, createdAt: query.timestamp())
        entry.id = id
        entry.state = state
        entry.rendered = rendered
        entry.partsSent = partsSent
        entry.attempts = attempts
        entry.nextAttemptAt = nextAttemptAt
        entry.lastError = query.optionalText()
        return entry
    }
}
