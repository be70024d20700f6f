import GRDB
import NightjarEngine

/// The pending tasks as a queue, ordered by (priority, fair stamp, age), and its virtual clocks.
struct QueueTable {
    let db: Database
    let memory: WriterMemory

    /// The rows of the index `tasks_ready`, in its order; the conditions are those of the index. Left to itself the planner
    /// takes all that is pending and sorts it.
    private static let readySQL = """
        SELECT seq, \(TaskTable.columns), stamp FROM tasks INDEXED BY tasks_ready
        WHERE state = 'pending' AND delayed_until IS NULL AND depth = 0
        ORDER BY priority, stamp, seq LIMIT ?
        """

    private static let dueSQL = """
        SELECT 1 FROM tasks INDEXED BY tasks_ready WHERE state = 'pending' AND delayed_until IS NULL AND depth = 0 LIMIT 1
        """

    private static let promotionSQL = "UPDATE tasks SET delayed_until = NULL WHERE delayed_until <= ?"

    private static let placeSQL = """
        SELECT (SELECT stamp FROM fair_clocks WHERE priority = ?1),
            (SELECT max(stamp) FROM tasks INDEXED BY tasks_active
            WHERE user_key = ?2 AND priority = ?1 AND counts_to_quota = 1),
            (SELECT count(*) FROM tasks INDEXED BY tasks_active WHERE user_key = ?2 AND counts_to_quota = 1)
        """

    /// The fair stamp of the user's next task, and how many of theirs count against the quota.
    func place(userKey: String, priority: TaskPriority) throws -> (stamp: Int64, active: Int) {
        var query = try Query(db, Self.placeSQL)
        query.bind(priority.rawValue)
        query.bind(userKey)
        guard try query.step() else { return (FairQueue.stamp(clock: 0, lastOfUser: nil), 0) }
        let stamp = FairQueue.stamp(clock: query.integer(), lastOfUser: query.optionalInteger())
        return (stamp, Int(query.integer()))
    }

    /// Stores a new task at its place: to wait there, or started, and then the clock has passed it.
    func insert(_ task: TaskRecord, stamp: Int64) throws {
        let seq = try TaskTable(db: db).insert(task, stamp: stamp)
        guard task.state == .running else {
            if task.delayedUntil == nil { memory.mayHoldDue = true } else { memory.mayHoldDelayed = true }
            return
        }
        try advance(task.priority, to: stamp)
        memory.started(StoredTask(seq: seq, record: task))
    }

    /// Whether some task is due.
    func hasDue(at now: Timestamp) throws -> Bool {
        try promote(at: now)
        guard memory.mayHoldDue else { return false }
        var query = try Query(db, Self.dueSQL)
        memory.mayHoldDue = try query.step()
        return memory.mayHoldDue
    }

    /// Starts up to `limit` tasks that are due.
    func claim(limit: Int, at now: Timestamp) throws -> [TaskRecord] {
        guard limit > 0 else { return [] }
        try promote(at: now)
        let tasks = TaskTable(db: db)
        var clocks: [TaskPriority: Int64] = [:]
        let claimed = try ready(limit: limit) { task, stamp in
            clocks[task.record.priority] = max(clocks[task.record.priority] ?? stamp, stamp)
        }
        memory.mayHoldDue = claimed.count == limit
        for (priority, stamp) in clocks { try advance(priority, to: stamp) }
        return try claimed.map { task in
            var task = task
            task.record.start(leaseToken: TaskFence.randomToken(), at: now)
            try tasks.writeStart(of: task.record, seq: task.seq)
            memory.started(task)
            return task.record
        }
    }

    func nextDelayed() throws -> Timestamp? {
        var query = try Query(db, "SELECT min(delayed_until) FROM tasks WHERE delayed_until IS NOT NULL")
        return try query.step() ? query.optionalTimestamp() : nil
    }

    private func ready(limit: Int, _ visit: (StoredTask, Int64) -> Void) throws -> [StoredTask] {
        var query = try Query(db, Self.readySQL)
        query.bind(limit)
        var tasks: [StoredTask] = []
        while try query.step() {
            let task = try StoredTask(&query)
            visit(task, query.integer())
            tasks.append(task)
        }
        return tasks
    }

    private func promote(at now: Timestamp) throws {
        guard memory.mayHoldDelayed else { return }
        var query = try Query(db, Self.promotionSQL)
        query.bind(now)
        try query.run()
        if db.changesCount > 0 { memory.mayHoldDue = true }
        memory.mayHoldDelayed = try nextDelayed() != nil
    }

    private func advance(_ priority: TaskPriority, to stamp: Int64) throws {
        var query = try Query(db, "UPDATE fair_clocks SET stamp = ? WHERE priority = ? AND stamp < ?")
        query.bind(stamp)
        query.bind(priority.rawValue)
        query.bind(stamp)
        try query.run()
    }
}
