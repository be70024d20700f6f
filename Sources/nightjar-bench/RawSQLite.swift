import GRDB

/// A task's life as three bare statements, in transactions of a fixed size: what the disk and SQLite allow.
struct RawSQLite {
    private let queue: DatabaseQueue

    init(path: String) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.write { db in
            try db.execute(
                sql: "CREATE TABLE tasks (id INTEGER PRIMARY KEY, state TEXT NOT NULL, user TEXT NOT NULL, input TEXT, output TEXT)")
        }
    }

    func tasksPerSecond(perTransaction: Int, seconds: Double) throws -> Double {
        let start = ContinuousClock.now
        var count = 0
        while start.duration(to: .now).inSeconds < seconds {
            try queue.write { db in
                let insert = try db.cachedStatement(sql: "INSERT INTO tasks (state, user, input) VALUES ('pending', ?, ?)")
                let claim = try db.cachedStatement(sql: "UPDATE tasks SET state = 'running' WHERE id = ? AND state = 'pending'")
                let complete = try db.cachedStatement(
                    sql: "UPDATE tasks SET state = 'completed', output = ? WHERE id = ? AND state = 'running'")
                for _ in 0..<perTransaction {
                    try insert.execute(arguments: ["webhook:ann", "input"])
                    let id = db.lastInsertedRowID
                    try claim.execute(arguments: [id])
                    try complete.execute(arguments: ["output", id])
                }
            }
            count += perTransaction
        }
        return Double(count) / start.duration(to: .now).inSeconds
    }
}
