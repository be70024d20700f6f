import Synchronization

/// Where those wait who want a task's result.
final class CompletionBoard: Sendable {
    private struct State {
        var waiters: [TaskID: [UInt64: AsyncStream<TaskRecord>.Continuation]] = [:]
        var nextID: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Waits for the end of a task.
    /// - Parameter look: reads the task as it is now; called after the wait is registered, so that no end is missed.
    /// - Throws: what `look` throws; `CancellationError`.
    func wait(for id: TaskID, look: () async throws -> TaskRecord?) async throws -> TaskRecord {
        let (stream, continuation) = AsyncStream<TaskRecord>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let waiter = state.withLock { state in
            state.nextID += 1
            state.waiters[id, default: [:]][state.nextID] = continuation
            return state.nextID
        }
        defer { forget(waiter, of: id) }
        if let task = try await look(), task.state.isFinal { return task }
        for await task in stream { return task }
        throw CancellationError()
    }

    func post(_ task: TaskRecord) {
        let waiters = state.withLock { $0.waiters.removeValue(forKey: task.id) }
        for continuation in (waiters ?? [:]).values { continuation.yield(task) }
    }

    private func forget(_ waiter: UInt64, of id: TaskID) {
        state.withLock { state in
            state.waiters[id]?[waiter] = nil
            if state.waiters[id]?.isEmpty == true { state.waiters[id] = nil }
        }
    }
}
