import Synchronization

/// Where those wait who want a task's result.
final class CompletionBoard: Sendable {
    /// Tasks remembered as not ended, so that who waits for one need not ask the store: some 500 KB. Further ones are looked up.
    static let expectedMax = 10_000

    private struct State {
        var expected: Set<TaskID> = []
        var waiters: [TaskID: [UInt64: AsyncStream<TaskRecord>.Continuation]] = [:]
        var nextID: UInt64 = 0
    }

    private let state = Mutex(State())

    /// A task is about to be stored, and its end will be posted here. Must be called before it is stored.
    func expect(_ id: TaskID) {
        state.withLock { state in
            if state.expected.count < Self.expectedMax { state.expected.insert(id) }
        }
    }

    /// The task was not stored.
    func stopExpecting(_ id: TaskID) {
        state.withLock { _ = $0.expected.remove(id) }
    }

    /// Waits for the end of a task.
    /// - Parameter look: reads the task as it is now; called after the wait is registered, so that no end is missed. Not called for a
    ///   task that is expected.
    /// - Throws: what `look` throws; `CancellationError`.
    func wait(for id: TaskID, look: () async throws -> TaskRecord?) async throws -> TaskRecord {
        let (stream, continuation) = AsyncStream<TaskRecord>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (waiter, isExpected) = state.withLock { state in
            state.nextID += 1
            state.waiters[id, default: [:]][state.nextID] = continuation
            return (state.nextID, state.expected.contains(id))
        }
        defer { forget(waiter, of: id) }
        if !isExpected, let task = try await look(), task.state.isFinal { return task }
        for await task in stream { return task }
        throw CancellationError()
    }

    func post(_ task: TaskRecord) {
        let waiters = state.withLock { state in
            state.expected.remove(task.id)
            return state.waiters.removeValue(forKey: task.id)
        }
        for continuation in (waiters ?? [:]).values { continuation.yield(task) }
    }

    private func forget(_ waiter: UInt64, of id: TaskID) {
        state.withLock { state in
            state.waiters[id]?[waiter] = nil
            if state.waiters[id]?.isEmpty == true { state.waiters[id] = nil }
        }
    }
}
