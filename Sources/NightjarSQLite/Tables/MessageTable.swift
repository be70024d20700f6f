import GRDB
import NightjarEngine

/// The messages, and the slots that some of them claim.
struct MessageTable {
    let db: Database

    private static let columns = """
        id, state, kind, kind_name, platform, channel, thread, user, external_id, text, reply_route, received_at, files
        """

    func insert(_ message: InboundMessage) throws {
        var query = try Query(
            db, "INSERT INTO messages (\(Self.columns)) VALUES (?, 'accepted', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        query.bind(message.id.rawValue)
        let kind = MessageKind(message.kind)
        query.bind(kind.word)
        query.bind(kind.name)
        query.bind(message.address)
        query.bind(message.externalID)
        query.bind(message.text)
        query.bind(message.replyRoute)
        query.bind(message.receivedAt)
        query.bind(message.files.isEmpty ? nil : try JSONColumn.encode(message.files))
        try query.run()
    }

    func markHandled(_ id: MessageID) throws {
        var query = try Query(db, "UPDATE messages SET state = 'handled' WHERE id = ?")
        query.bind(id.rawValue)
        try query.run()
    }

    func find(_ id: MessageID) throws -> MessageRecord? {
        var query = try Query(db, "SELECT \(Self.columns) FROM messages WHERE id = ?")
        query.bind(id.rawValue)
        return try query.step() ? try Self.record(&query) : nil
    }

    /// The message with the same sender's id, unless that was too long ago.
    func findRemembered(like message: InboundMessage) throws -> MessageRecord? {
        guard let externalID = message.externalID else { return nil }
        var query = try Query(
            db,
            """
            SELECT \(Self.columns) FROM messages
            WHERE external_id = ? AND user = ? AND channel = ? AND platform = ? AND received_at > ?
            ORDER BY received_at DESC LIMIT 1
            """)
        query.bind(externalID)
        query.bind(message.address.user)
        query.bind(message.address.channel)
        query.bind(message.address.platform)
        query.bind(message.receivedAt - StoreLimits.deduplicationWindow)
        return try query.step() ? try Self.record(&query) : nil
    }

    func unhandled() throws -> [MessageRecord] {
        var query = try Query(db, "SELECT \(Self.columns) FROM messages WHERE state = 'accepted' ORDER BY seq")
        var records: [MessageRecord] = []
        while try query.step() { records.append(try Self.record(&query)) }
        return records
    }

    /// Deletes handled messages received before `limit`, at most `batch`.
    /// - Returns: how many went.
    func prune(before limit: Timestamp, batch: Int) throws -> Int {
        var query = try Query(
            db,
            """
            DELETE FROM messages WHERE seq IN
                (SELECT seq FROM messages WHERE state = 'handled' AND received_at < ? ORDER BY received_at LIMIT ?)
            """)
        query.bind(limit)
        query.bind(batch)
        try query.run()
        return db.changesCount
    }

    // MARK: Slots

    /// - Returns: false when this slot of the trigger, or a later one, was claimed before.
    func claim(_ slot: TriggerSlot) throws -> Bool {
        var query = try Query(
            db,
            """
            INSERT INTO slots (trigger, due) VALUES (?, ?)
            ON CONFLICT (trigger) DO UPDATE SET due = excluded.due WHERE due < excluded.due
            RETURNING due
            """)
        query.bind(slot.trigger)
        query.bind(slot.due)
        return try query.step()
    }

    /// Makes a slot the last claimed one, whatever was claimed before.
    func setLast(_ slot: TriggerSlot) throws {
        var query = try Query(
            db, "INSERT INTO slots (trigger, due) VALUES (?, ?) ON CONFLICT (trigger) DO UPDATE SET due = excluded.due")
        query.bind(slot.trigger)
        query.bind(slot.due)
        try query.run()
    }

    func lastSlots() throws -> [String: Timestamp] {
        var query = try Query(db, "SELECT trigger, due FROM slots")
        var slots: [String: Timestamp] = [:]
        while try query.step() { slots[query.text()] = query.timestamp() }
        return slots
    }

    private static func record(_ query: inout Query) throws -> MessageRecord {
        let id = MessageID(rawValue: query.text())
        let state = query.text()
        let kind = MessageKind(word: query.text(), name: query.optionalText())
        let address = query.address()
        let message = InboundMessage(
            id: id, kind: kind.kind, address: address, externalID: query.optionalText(), text: query.text(),
            replyRoute: query.optionalText(), receivedAt: query.timestamp(),
            files: try query.optionalText().map { try JSONColumn.decode([MessageFile].self, $0) } ?? [])
        return MessageRecord(message: message, state: try StoredWord.read(state))
    }
}
