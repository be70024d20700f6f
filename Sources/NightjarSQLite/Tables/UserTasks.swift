import GRDB
import NightjarEngine

/// One person's tasks, found block by block in the index `tasks_user`: a look into each 256 rows of the table.
struct UserTasks {
    let db: Database
    let userKey: String

    /// Rows that share a place in the index; `Schema` says it too, and it is part of the schema.
    private static let blockSize = 256

    func newest(states: [TaskState], before cursor: TaskCursor, limit: Int) throws -> [StoredTask] {
        var found: [StoredTask] = []
        // What a person has in one block is few enough to look at each for its state; the unary plus keeps the index in use.
        let condition = states.isEmpty ? "" : "AND +state IN (\(states.map { _ in "?" }.joined(separator: ", ")))"
        let sql = """
            SELECT seq, \(TaskTable.columns) FROM tasks INDEXED BY tasks_user
            WHERE seq / \(Self.blockSize) = ? AND user_key = ? AND seq < ? \(condition) ORDER BY seq DESC LIMIT ?
            """
        for block in try blocks(before: cursor.limit).reversed() where found.count < limit {
            var query = try Query(db, sql)
            query.bind(block)
            query.bind(userKey)
            query.bind(cursor.limit)
            for state in states { query.bind(state.rawValue) }
            query.bind(limit - found.count)
            found += try TaskListing.records(&query)
        }
        return found
    }

    /// How many tasks are in each state; every state has an entry.
    func counts() throws -> [TaskState: Int] {
        var counts = Dictionary(uniqueKeysWithValues: TaskState.allCases.map { ($0, 0) })
        for block in try blocks(before: .max) {
            var query = try Query(
                db, "SELECT state FROM tasks INDEXED BY tasks_user WHERE seq / \(Self.blockSize) = ? AND user_key = ?")
            query.bind(block)
            query.bind(userKey)
            while try query.step() { counts[try StoredWord.read(query.text()), default: 0] += 1 }
        }
        return counts
    }

    /// The blocks that there are, up to the one that holds the row before `limit`.
    private func blocks(before limit: Int) throws -> Range<Int> {
        var query = try Query(db, "SELECT (SELECT min(seq) FROM tasks), (SELECT max(seq) FROM tasks)")
        guard try query.step(), let first = query.optionalInteger(), let last = query.optionalInteger() else { return 0..<0 }
        let end = Swift.min(Int(last), limit - 1)
        return end < first ? 0..<0 : Int(first) / Self.blockSize..<end / Self.blockSize + 1
    }
}
