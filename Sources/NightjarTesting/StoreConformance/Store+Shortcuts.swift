import NightjarEngine

/// The common steps of the cases, each failing the case when it does not go as it must.
extension Store {
    @discardableResult
    func add(_ task: TaskRecord, file: StaticString = #fileID, line: UInt = #line) async throws -> TaskRecord {
        let outcome = try await enqueue(task, quota: nil, notice: nil)
        guard case .enqueued(let stored) = outcome else {
            throw ConformanceFailure("a new task is enqueued, got \(outcome)", file: file, line: line)
        }
        return stored
    }

    func claimOne(
        at now: Timestamp = Sample.start, file: StaticString = #fileID, line: UInt = #line
    ) async throws -> TaskRecord {
        try expectValue(try await claim(limit: 1, at: now).first, "a task to claim", file: file, line: line)
    }

    /// A task that is running.
    func addRunning(
        _ task: TaskRecord = Sample.task(), file: StaticString = #fileID, line: UInt = #line
    ) async throws -> TaskRecord {
        try await add(task, file: file, line: line)
        let claimed = try await claimOne(file: file, line: line)
        try expectEqual(claimed.id, task.id, "the only task is claimed", file: file, line: line)
        return claimed
    }

    func fence(of task: TaskRecord, file: StaticString = #fileID, line: UInt = #line) throws -> TaskFence {
        try expectValue(task.fence, "the fence of a running task", file: file, line: line)
    }

    @discardableResult
    func change(
        _ task: TaskRecord, _ change: TaskChange, at now: Timestamp = Sample.start, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws -> TaskRecord {
        let fence = try fence(of: task, file: file, line: line)
        let changed = try await settle(fence, change, notices: [], at: now)
        return try expectValue(changed, "the holder of the fence changes its task", file: file, line: line)
    }

    @discardableResult
    func complete(
        _ task: TaskRecord, output: String = "done", at now: Timestamp = Sample.start, file: StaticString = #fileID,
        line: UInt = #line
    ) async throws -> TaskRecord {
        try await change(task, .complete(output: output, usage: .zero), at: now, file: file, line: line)
    }

    func stored(_ id: TaskID, file: StaticString = #fileID, line: UInt = #line) async throws -> TaskRecord {
        try expectValue(try await task(id), "task \(id) is stored", file: file, line: line)
    }

    func expectAccepted(
        _ message: InboundMessage, claiming slot: TriggerSlot? = nil, file: StaticString = #fileID, line: UInt = #line
    ) async throws {
        try expectEqual(
            try await accept(message, claiming: slot), .accepted, "“\(message.text)” is accepted", file: file, line: line)
    }
}

func expectError(
    _ code: StoreError.Code, file: StaticString = #fileID, line: UInt = #line, _ body: () async throws -> Void
) async throws {
    do {
        try await body()
    } catch let error as StoreError {
        return try expectEqual(error.code, code, "the error's code", file: file, line: line)
    }
    throw ConformanceFailure("expected the error \(code), got none", file: file, line: line)
}
