import GRDB
import NightjarEngine

/// Deletes finished tasks whose time is over.
struct TaskPruning {
    let db: Database

    /// Walks the index `tasks_finished` from its oldest end. A task stays while its message's handler or its parent may
    /// run again and ask for it.
    static let oldSQL = """
        SELECT seq FROM tasks
        WHERE state = ? AND finished_at IS NOT NULL AND finished_at < ?
            AND NOT EXISTS (SELECT 1 FROM messages WHERE id = tasks.message_id AND state = 'accepted')
            AND NOT EXISTS (SELECT 1 FROM tasks AS p WHERE p.id = tasks.parent AND p.state IN ('pending', 'running'))
        ORDER BY finished_at LIMIT ?
        """

    /// - Returns: how many tasks went, at most `batch`.
    func prune(_ state: TaskState, before limit: Timestamp, batch: Int) throws -> Int {
        let old = try old(state, before: limit, batch: batch)
        for seq in old {
            try JournalTable(db: db).delete(taskSeq: seq)
            var query = try Query(db, "DELETE FROM tasks WHERE seq = ?")
            query.bind(seq)
            try query.run()
        }
        return old.count
    }

    private func old(_ state: TaskState, before limit: Timestamp, batch: Int) throws -> [Int64] {
        guard batch > 0 else { return [] }
        var query = try Query(db, Self.oldSQL)
        query.bind(state.rawValue)
        query.bind(limit)
        query.bind(batch)
        var found: [Int64] = []
        while try query.step() { found.append(query.integer()) }
        return found
    }
}
