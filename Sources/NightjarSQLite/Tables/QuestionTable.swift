import GRDB
import NightjarEngine

/// The questions that scripts have asked. What is looked for has columns; the rest is JSON.
struct QuestionTable {
    let db: Database

    /// Whether who asked may still wait for the answer, or ask again.
    private static let isNeeded = """
        (EXISTS (SELECT 1 FROM messages WHERE id = questions.asker AND state = 'accepted')
            OR EXISTS (SELECT 1 FROM tasks WHERE id = questions.asker AND state IN ('pending', 'running')))
        """

    /// - Parameter record: a ``QuestionRecord`` as JSON.
    /// - Returns: the first one with its origin, as JSON; nil when there was none, and this one is stored.
    func add(_ question: QuestionRecord, record: String) throws -> String? {
        if let origin = question.origin {
            var known = try Query(db, "SELECT record FROM questions WHERE origin = ?")
            known.bind(origin)
            if try known.step() { return known.text() }
        }
        var query = try Query(db, "INSERT INTO questions (id, origin, asker, record, is_open, expires_at) VALUES (?, ?, ?, ?, 1, ?)")
        query.bind(question.id)
        query.bind(question.origin)
        query.bind(question.asker)
        query.bind(record)
        query.bind(question.expiresAt)
        try query.run()
        return nil
    }

    func answer(_ choice: QuestionChoice, at now: Timestamp) throws -> AnswerOutcome {
        guard var record = try question(choice.question) else { return .unknown }
        let outcome = record.take(choice, at: now)
        guard case .answered = outcome else { return outcome }
        var query = try Query(db, "UPDATE questions SET record = ?, is_open = 0 WHERE id = ?")
        query.bind(try JSONColumn.encode(record))
        query.bind(record.id)
        try query.run()
        return outcome
    }

    func question(_ id: String) throws -> QuestionRecord? {
        var query = try Query(db, "SELECT record FROM questions WHERE id = ?")
        query.bind(id)
        return try query.step() ? JSONColumn.decode(QuestionRecord.self, query.text()) : nil
    }

    func open(at now: Timestamp) throws -> [QuestionRecord] {
        var query = try Query(
            db,
            """
            SELECT seq, record FROM questions INDEXED BY questions_open WHERE is_open = 1 AND expires_at > ?
                AND (asker IS NULL OR \(Self.isNeeded))
            """)
        query.bind(now)
        var records: [(seq: Int64, record: QuestionRecord)] = []
        while try query.step() { records.append((query.integer(), try JSONColumn.decode(QuestionRecord.self, query.text()))) }
        return records.sorted { $0.seq < $1.seq }.map(\.record)
    }

    /// Deletes questions whose time was over before `limit`, at most `batch`, but none that a handler may ask again.
    /// - Returns: how many went.
    func prune(before limit: Timestamp, batch: Int) throws -> Int {
        var query = try Query(
            db,
            """
            DELETE FROM questions WHERE seq IN (
                SELECT seq FROM questions WHERE expires_at < ? AND NOT \(Self.isNeeded)
                ORDER BY expires_at LIMIT ?)
            """)
        query.bind(limit)
        query.bind(batch)
        try query.run()
        return db.changesCount
    }
}
