import GRDB
import NightjarEngine

/// The steps of agents at work, by task and position.
struct JournalTable {
    let db: Database

    /// - Parameter entry: a ``JournalEntry`` as JSON.
    /// - Returns: false when the fence no longer holds.
    func append(_ fence: TaskFence, entry: String) throws -> Bool {
        var query = try Query(
            db,
            """
            INSERT INTO journal (task, position, entry)
            SELECT seq, (SELECT coalesce(max(position) + 1, 0) FROM journal WHERE task = tasks.seq), ?4 FROM tasks
            WHERE id = ?1 AND state = 'running' AND attempt = ?2 AND lease_token = ?3
            RETURNING position
            """)
        query.bind(fence.id.rawValue)
        query.bind(fence.attempt)
        query.bind(fence.leaseToken)
        query.bind(entry)
        return try query.step()
    }

    func entries(of task: TaskID) throws -> [JournalEntry] {
        var query = try Query(
            db, "SELECT entry FROM journal WHERE task = (SELECT seq FROM tasks WHERE id = ?) ORDER BY position")
        query.bind(task.rawValue)
        var entries: [JournalEntry] = []
        while try query.step() { entries.append(try JSONColumn.decode(JournalEntry.self, query.text())) }
        return entries
    }

    func delete(taskSeq: Int64) throws {
        var query = try Query(db, "DELETE FROM journal WHERE task = ?")
        query.bind(taskSeq)
        try query.run()
    }
}
