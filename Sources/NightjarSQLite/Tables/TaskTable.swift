import GRDB
import NightjarEngine

/// The tasks as rows. What a change means is decided by `TaskRecord`; here it is only found and written.
struct TaskTable {
    let db: Database

    /// In the order that ``record(_:)`` reads and ``insert(_:stamp:)`` binds.
    static let columns = """
        id, state, priority, delayed_until, attempt, lease_token, lost_leases, created_at, started_at, finished_at, \
        agent, platform, channel, thread, user, session IS NOT NULL, message_id, origin, parent, depth, retry_of, \
        reporting, reply_route, metadata, \
        usage_input, usage_output, failure_code, failure_message, input, output
        """

    private static let insertion = """
        INSERT INTO tasks (
            id, state, priority, delayed_until, attempt, lease_token, lost_leases, created_at, started_at, finished_at,
            agent, platform, channel, thread, user, session, message_id, origin, parent, depth, retry_of,
            reporting, reply_route, metadata, usage_input, usage_output, input, user_key, counts_to_quota, stamp)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    private static let ending = """
        UPDATE tasks SET state = ?, delayed_until = ?, attempt = ?, lease_token = ?, lost_leases = ?, started_at = ?,
            finished_at = ?, usage_input = ?, usage_output = ?, failure_code = ?, failure_message = ?, output = ?,
            counts_to_quota = ?
        WHERE seq = ?
        """

    private static let fencedEnding = ending + " AND state = 'running' AND attempt = ? AND lease_token = ?"

    /// - Parameter stamp: its fair place in the queue.
    /// - Returns: its number in the order of storing.
    @discardableResult
    func insert(_ task: TaskRecord, stamp: Int64) throws -> Int64 {
        var query = try Query(db, Self.insertion)
        query.bind(task.id.rawValue)
        query.bind(task.state.rawValue)
        query.bind(task.priority.rawValue)
        query.bind(task.delayedUntil)
        query.bind(task.attempt)
        query.bind(task.leaseToken)
        query.bind(task.lostLeases)
        query.bind(task.createdAt)
        query.bind(task.startedAt)
        query.bind(task.finishedAt)
        query.bind(task.agent)
        query.bind(task.address)
        query.bind(task.isSessionTurn ? task.session.description : nil)
        query.bind(task.messageID?.rawValue)
        query.bind(task.origin)
        query.bind(task.parent?.rawValue)
        query.bind(task.depth)
        query.bind(task.retryOf?.rawValue)
        query.bind(task.reporting.rawValue)
        query.bind(task.replyRoute)
        query.bind(task.metadata.isEmpty ? nil : try JSONColumn.encode(task.metadata))
        query.bind(task.usage.input)
        query.bind(task.usage.output)
        query.bind(task.input)
        query.bind(task.address.userKey)
        query.bind(task.countsToQuota ? 1 : 0)
        query.bind(stamp)
        try query.run()
        return db.lastInsertedRowID
    }

    /// Writes what a start changes, and no more: every further column would be one more index to write.
    func writeStart(of task: TaskRecord, seq: Int64) throws {
        var query = try Query(
            db, "UPDATE tasks SET state = ?, delayed_until = ?, attempt = ?, lease_token = ?, started_at = ? WHERE seq = ?")
        query.bind(task.state.rawValue)
        query.bind(task.delayedUntil)
        query.bind(task.attempt)
        query.bind(task.leaseToken)
        query.bind(task.startedAt)
        query.bind(seq)
        try query.run()
    }

    /// Writes what the end of an attempt may change.
    /// - Returns: false when `fence` is not the running attempt; then nothing was written.
    func write(_ task: TaskRecord, seq: Int64, endingAttempt fence: TaskFence?) throws -> Bool {
        var query = try Query(db, fence == nil ? Self.ending : Self.fencedEnding)
        query.bind(task.state.rawValue)
        query.bind(task.delayedUntil)
        query.bind(task.attempt)
        query.bind(task.leaseToken)
        query.bind(task.lostLeases)
        query.bind(task.startedAt)
        query.bind(task.finishedAt)
        query.bind(task.usage.input)
        query.bind(task.usage.output)
        query.bind(task.failure?.code)
        query.bind(task.failure?.message)
        query.bind(task.output)
        query.bind(task.countsToQuota ? 1 : 0)
        query.bind(seq)
        if let fence {
            query.bind(fence.attempt)
            query.bind(fence.leaseToken)
        }
        try query.run()
        return db.changesCount > 0
    }

    func find(_ id: TaskID) throws -> StoredTask? {
        try first("id = ?") { $0.bind(id.rawValue) }
    }

    func find(origin: String) throws -> StoredTask? {
        try first("origin = ?") { $0.bind(origin) }
    }

    /// The running attempt that the fence names, if it is still the current one.
    func find(_ fence: TaskFence) throws -> StoredTask? {
        try first("id = ? AND state = 'running' AND attempt = ? AND lease_token = ?") { query in
            query.bind(fence.id.rawValue)
            query.bind(fence.attempt)
            query.bind(fence.leaseToken)
        }
    }

    func isFinal(_ id: TaskID) throws -> Bool {
        var query = try Query(db, "SELECT 1 FROM tasks WHERE id = ? AND state IN ('pending', 'running')")
        query.bind(id.rawValue)
        return try !query.step()
    }

    /// Nested tasks of `parent` that were put back and wait to be started again.
    func waitingNested(of parent: TaskID) throws -> [StoredTask] {
        try all("parent = ? AND state = 'pending'", index: "tasks_waiting_nested") { $0.bind(parent.rawValue) }
    }

    func running() throws -> [StoredTask] {
        try all("state = 'running' ORDER BY seq", index: "tasks_state") { _ in }
    }

    private func first(_ condition: String, _ bind: (inout Query) -> Void) throws -> StoredTask? {
        var query = try Query(db, "SELECT seq, \(Self.columns) FROM tasks WHERE \(condition)")
        bind(&query)
        return try query.step() ? try StoredTask(&query) : nil
    }

    private func all(_ condition: String, index: String, _ bind: (inout Query) -> Void) throws -> [StoredTask] {
        var query = try Query(db, "SELECT seq, \(Self.columns) FROM tasks INDEXED BY \(index) WHERE \(condition)")
        bind(&query)
        var tasks: [StoredTask] = []
        while try query.step() { tasks.append(try StoredTask(&query)) }
        return tasks
    }
}

extension TaskRecord {
    /// Whether it takes one of its user's places.
    fileprivate var countsToQuota: Bool { depth == 0 && !state.isFinal }
}
