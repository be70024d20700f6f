extension MemoryState {
    mutating func enqueue(_ task: TaskRecord, quota: Int?, notice: OutboxEntry?, start: ImmediateStart?) throws -> EnqueueOutcome {
        guard task.depth == 0 else {
            throw StoreError(.refused, "Task \(task.id) is nested, so it is started under its parent's permit and not enqueued.")
        }
        if let origin = task.origin, let known = taskOrigins[origin] { return .existing(known.record) }
        try checkIsNew(task.id)
        let active = users[task.address.userKey]?.active ?? 0
        if let quota, active >= quota { return .overQuota(active: active) }
        let user = user(of: task)
        let stored = insert(task, user: user, stamp: queue.stamp(for: user, priority: task.priority))
        if let start, start.suits(task), !queue.hasDue(at: start.now), start.mayStart() {
            queue.pass(stored)
            move(stored) { $0.start(leaseToken: start.leaseToken, at: start.now) }
        } else {
            queue.insert(stored)
        }
        if let notice { post([notice]) }
        return .enqueued(stored.record)
    }

    mutating func startNested(_ task: TaskRecord, leaseToken: String, at now: Timestamp) throws -> TaskRecord {
        guard let parent = task.parent, task.depth > 0 else {
            throw StoreError(.refused, "Task \(task.id) has no parent to be started under.")
        }
        if let origin = task.origin, let known = taskOrigins[origin] {
            if known.record.state == .pending {
                move(known) { $0.start(leaseToken: leaseToken, at: now) }
            }
            return known.record
        }
        try checkIsNew(task.id)
        let stored = insert(task, user: user(of: task), stamp: 0)
        nested[parent, default: []].append(stored)
        move(stored) { $0.start(leaseToken: leaseToken, at: now) }
        return stored.record
    }

    mutating func claim(limit: Int, at now: Timestamp) -> [TaskRecord] {
        var claimed: [TaskRecord] = []
        while claimed.count < limit, let task = queue.next(at: now) {
            move(task) { $0.start(leaseToken: TaskFence.randomToken(), at: now) }
            claimed.append(task.record)
        }
        return claimed
    }

    mutating func settle(_ fence: TaskFence, _ change: TaskChange, notices: [OutboxEntry], at now: Timestamp) -> TaskRecord? {
        guard let task = running[fence.id], task.record.fence == fence else { return nil }
        move(task) { $0.apply(change, at: now) }
        requeueOrClose(task, at: now)
        post(notices)
        return task.record
    }

    mutating func cancel(_ id: TaskID, notice: OutboxEntry?, at now: Timestamp) -> CancelOutcome {
        guard let task = tasks[id] else { return .notFound }
        guard !task.record.state.isFinal else { return .alreadyFinished(task.record) }
        let wasRunning = task.record.state == .running
        move(task) { $0.cancel(at: now) }
        requeueOrClose(task, at: now)
        if let notice { post([notice]) }
        return .cancelled(task.record, wasRunning: wasRunning)
    }

    mutating func recoverLeases(
        lostLeaseCap: Int, at now: Timestamp, notice: (TaskRecord) -> OutboxEntry?
    ) -> [TaskRecord] {
        let lost = running.values.sorted { $0.sequence < $1.sequence }
        for task in lost {
            move(task) { $0.loseLease(cap: lostLeaseCap, at: now) }
            requeueOrClose(task, at: now)
            if task.record.state == .failed, let notice = notice(task.record) { post([notice]) }
        }
        return lost.map(\.record)
    }

    /// - Returns: false when the fence no longer holds.
    func appendJournal(_ fence: TaskFence, _ entry: JournalEntry) -> Bool {
        guard let task = running[fence.id], task.record.fence == fence else { return false }
        task.journal.append(entry)
        return true
    }

    private func checkIsNew(_ id: TaskID) throws {
        guard tasks[id] == nil else { throw StoreError(.refused, "A task with the id \(id) is stored already.") }
    }

    private mutating func user(of task: TaskRecord) -> MemoryUser {
        let key = task.address.userKey
        if let user = users[key] { return user }
        let user = MemoryUser(key: key)
        users[key] = user
        return user
    }
}
