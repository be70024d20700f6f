import GRDB
public import NightjarEngine

extension SQLiteStore {
    public func enqueue(
        _ task: TaskRecord, quota: Int?, notice: OutboxEntry?, start: ImmediateStart?
    ) async throws -> EnqueueOutcome {
        guard task.depth == 0 else {
            throw StoreError(.refused, "Task \(task.id) is nested, so it is started under its parent's permit and not enqueued.")
        }
        let notice = try notice.map(EncodedReply.init)
        return try await write { [memory] db in
            let tasks = TaskTable(db: db)
            if let origin = task.origin, let known = try tasks.find(origin: origin) { return .existing(known.record) }
            let queue = QueueTable(db: db, memory: memory)
            let place = try queue.place(userKey: task.address.userKey, priority: task.priority)
            if let quota, place.active >= quota { return .overQuota(active: place.active) }
            var task = task
            task.state = .pending
            if let start, start.suits(task), try !queue.hasDue(at: start.now), start.mayStart() {
                task.start(leaseToken: start.leaseToken, at: start.now)
            }
            try queue.insert(task, stamp: place.stamp)
            if let notice { try OutboxTable(db: db).post([notice]) }
            return .enqueued(task)
        }
    }

    public func startNested(_ task: TaskRecord, leaseToken: String, at now: Timestamp) async throws -> TaskRecord {
        guard task.parent != nil, task.depth > 0 else {
            throw StoreError(.refused, "Task \(task.id) has no parent to be started under.")
        }
        return try await write { [memory] db in
            let tasks = TaskTable(db: db)
            if let origin = task.origin, var known = try tasks.find(origin: origin) {
                guard known.record.state == .pending else { return known.record }
                known.record.start(leaseToken: leaseToken, at: now)
                try tasks.writeStart(of: known.record, seq: known.seq)
                memory.started(known)
                return known.record
            }
            var task = task
            task.start(leaseToken: leaseToken, at: now)
            try tasks.insert(task, stamp: 0)
            return task
        }
    }

    public func claim(limit: Int, at now: Timestamp) async throws -> [TaskRecord] {
        try await write { [memory] in try QueueTable(db: $0, memory: memory).claim(limit: limit, at: now) }
    }

    public func nextDelayedTask() async throws -> Timestamp? {
        guard memory.mayHoldDelayed else { return nil }
        return try await read { [memory] in try QueueTable(db: $0, memory: memory).nextDelayed() }
    }

    public func settle(
        _ fence: TaskFence, _ change: TaskChange, notices: [OutboxEntry], at now: Timestamp
    ) async throws -> TaskRecord? {
        let notices = try notices.map(EncodedReply.init)
        return try await write { [memory] db in
            guard var task = try memory.running(fence) ?? TaskTable(db: db).find(fence) else { return nil }
            task.record.apply(change, at: now)
            guard try TaskEnding(db: db, memory: memory).write(&task, of: fence, at: now) else { return nil }
            try OutboxTable(db: db).post(notices)
            return task.record
        }
    }

    public func cancel(_ id: TaskID, notice: OutboxEntry?, at now: Timestamp) async throws -> CancelOutcome {
        let notice = try notice.map(EncodedReply.init)
        return try await write { [memory] db in
            guard var task = try TaskTable(db: db).find(id) else { return .notFound }
            guard !task.record.state.isFinal else { return .alreadyFinished(task.record) }
            let wasRunning = task.record.state == .running
            task.record.cancel(at: now)
            try TaskEnding(db: db, memory: memory).write(&task, at: now)
            if let notice { try OutboxTable(db: db).post([notice]) }
            return .cancelled(task.record, wasRunning: wasRunning)
        }
    }

    public func recoverLeases(
        lostLeaseCap: Int, at now: Timestamp, notice: @escaping @Sendable (TaskRecord) -> OutboxEntry?
    ) async throws -> [TaskRecord] {
        try await write { [memory] db in
            let outbox = OutboxTable(db: db)
            return try TaskTable(db: db).running().map { lost in
                var task = lost
                task.record.loseLease(cap: lostLeaseCap, at: now)
                try TaskEnding(db: db, memory: memory).write(&task, at: now)
                if task.record.state == .failed, let notice = notice(task.record) {
                    try outbox.post([try EncodedReply(notice)])
                }
                return task.record
            }
        }
    }

    public func task(_ id: TaskID) async throws -> TaskRecord? {
        try await read { try TaskTable(db: $0).find(id)?.record }
    }

    public func tasks(idPrefix prefix: String, limit: Int) async throws -> [TaskRecord] {
        try await read { try TaskListing(db: $0).withPrefix(prefix, limit: limit) }
    }

    public func tasks(_ query: TaskQuery) async throws -> TaskPage {
        try await read { try TaskListing(db: $0).page(query) }
    }

    public func taskCounts(user: String?) async throws -> [TaskState: Int] {
        try await read { try TaskListing(db: $0).counts(userKey: user) }
    }

    public func turns(of session: SessionKey, limit: Int) async throws -> [TaskRecord] {
        try await read { try TaskListing(db: $0).turns(of: session, limit: limit) }
    }

    public func activeTaskCount(of message: MessageID) async throws -> Int {
        try await read { try TaskListing(db: $0).activeCount(of: message) }
    }

    public func appendJournal(_ fence: TaskFence, _ entry: JournalEntry) async throws -> Bool {
        let text = try JSONColumn.encode(entry)
        return try await write { try JournalTable(db: $0).append(fence, entry: text) }
    }

    public func journal(of task: TaskID) async throws -> [JournalEntry] {
        try await read { try JournalTable(db: $0).entries(of: task) }
    }
}
