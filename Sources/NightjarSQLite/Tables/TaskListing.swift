import GRDB
import NightjarEngine

/// Tasks as people and pages ask for them.
struct TaskListing {
    let db: Database

    func page(_ query: TaskQuery) throws -> TaskPage {
        let cursor = try TaskCursor(query.cursor)
        let limit = min(max(query.limit, 1), StoreLimits.pageSizeMax)
        let states = TaskState.allCases.filter(query.states.contains)
        var tasks =
            if let user = query.user {
                try UserTasks(db: db, userKey: user).newest(states: states, before: cursor, limit: limit + 1)
            } else {
                try newest(states: states, before: cursor, limit: limit + 1)
            }
        guard tasks.count > limit else { return TaskPage(tasks: tasks.map(\.record), next: nil) }
        tasks.removeLast()
        let next = tasks.last.map { TaskCursor(limit: Int($0.seq)).text }
        return TaskPage(tasks: tasks.map(\.record), next: next)
    }

    private func newest(states: [TaskState], before cursor: TaskCursor, limit: Int) throws -> [StoredTask] {
        var query = try Query(db, Self.pageSQL(states: states))
        for state in states.isEmpty ? [nil] : states.map(Optional.some) {
            if let state { query.bind(state.rawValue) }
            query.bind(cursor.limit)
        }
        query.bind(limit)
        return try Self.records(&query)
    }

    /// One branch per state: each walks its index backwards, and SQLite merges them without sorting.
    private static func pageSQL(states: [TaskState]) -> String {
        let branch = { (condition: String) in "SELECT seq, \(TaskTable.columns) FROM tasks WHERE \(condition)seq < ?" }
        let conditions = states.isEmpty ? [""] : states.map { _ in "state = ? AND " }
        return conditions.map(branch).joined(separator: " UNION ALL ") + " ORDER BY seq DESC LIMIT ?"
    }

    func withPrefix(_ prefix: String, limit: Int) throws -> [TaskRecord] {
        var query = try Query(
            db, "SELECT seq, \(TaskTable.columns) FROM tasks WHERE id >= ? AND id < ? ORDER BY id LIMIT ?")
        query.bind(prefix)
        // Greater than anything that begins with the prefix.
        query.bind(prefix + "\u{10FFFF}")
        query.bind(max(limit, 0))
        return try Self.records(&query).map(\.record)
    }

    func counts(userKey: String?) throws -> [TaskState: Int] {
        if let userKey { return try UserTasks(db: db, userKey: userKey).counts() }
        var query = try Query(db, "SELECT state, count(*) FROM tasks GROUP BY state")
        var counts = Dictionary(uniqueKeysWithValues: TaskState.allCases.map { ($0, 0) })
        while try query.step() {
            let state: TaskState = try StoredWord.read(query.text())
            counts[state] = Int(query.integer())
        }
        return counts
    }

    func turns(of session: SessionKey, limit: Int) throws -> [TaskRecord] {
        var query = try Query(
            db,
            """
            SELECT seq, \(TaskTable.columns) FROM tasks INDEXED BY tasks_turns
            WHERE session = ? AND state = 'completed' ORDER BY finished_at DESC, seq DESC LIMIT ?
            """)
        query.bind(session.description)
        query.bind(max(limit, 0))
        return try Self.records(&query).map(\.record).reversed()
    }

    func activeCount(of message: MessageID) throws -> Int {
        var query = try Query(
            db,
            """
            SELECT count(*) FROM tasks INDEXED BY tasks_message
            WHERE message_id = ? AND state IN ('pending', 'running')
            """)
        query.bind(message.rawValue)
        return try query.step() ? Int(query.integer()) : 0
    }

    static func records(_ query: inout Query) throws -> [StoredTask] {
        var tasks: [StoredTask] = []
        while try query.step() { tasks.append(try StoredTask(&query)) }
        return tasks
    }
}
