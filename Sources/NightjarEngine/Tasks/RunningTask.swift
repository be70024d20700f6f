import Synchronization

/// The work of one attempt while it runs, and why it was stopped.
final class RunningTask: Sendable {
    enum StopReason: Sendable, Equatable {
        /// Somebody cancelled the task; the store knows already.
        case cancelled
        case timeout(Duration)
        case shutdown
    }

    private struct State {
        var reason: StopReason?
        var isWorkDone = false
        var isClosed = false
        var supervisor: CheckedContinuation<Void, Never>?
        /// The cancelled task whose end is told when the work has really stopped.
        var legacy: TaskRecord?
    }

    private let state = Mutex(State())

    /// Why it was stopped; the first reason counts.
    var stopReason: StopReason? { state.withLock(\.reason) }

    /// Runs `body` as work that ``stop(_:)`` can cancel, and waits for its end. The caller itself is not cancelled by a stop, so it
    /// can still write down how the work ended.
    func perform<Outcome: Sendable>(_ body: @escaping @Sendable () async -> Outcome?) async -> Outcome? {
        await withTaskGroup(of: Outcome?.self) { group in
            group.addTask {
                defer { self.workIsDone() }
                return await body()
            }
            await waitForStopOrEnd()
            if stopReason != nil { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    /// - Throws: `CancellationError` when it was stopped before the work began.
    func checkStop() throws {
        if stopReason != nil { throw CancellationError() }
    }

    func stop(_ reason: StopReason) {
        let supervisor = state.withLock { state in
            state.reason = state.reason ?? reason
            return Self.takeSupervisor(of: &state)
        }
        supervisor?.resume()
    }

    /// Leaves it to whoever runs this attempt to tell the end of its cancelled task, so that nothing follows the task before its
    /// work has stopped.
    /// - Returns: false when the attempt is closed: the caller tells the end.
    func leave(_ task: TaskRecord) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.legacy = task
            return true
        }
    }

    /// Ends the attempt.
    /// - Returns: the task whose end the caller has to tell, if one was left to it.
    func close() -> TaskRecord? {
        state.withLock { state in
            state.isClosed = true
            return state.legacy
        }
    }

    private func waitForStopOrEnd() async {
        await withCheckedContinuation { supervisor in
            let isOver = state.withLock { state in
                if state.isWorkDone || state.reason != nil { return true }
                state.supervisor = supervisor
                return false
            }
            if isOver { supervisor.resume() }
        }
    }

    private func workIsDone() {
        let supervisor = state.withLock { state in
            state.isWorkDone = true
            return Self.takeSupervisor(of: &state)
        }
        supervisor?.resume()
    }

    private static func takeSupervisor(of state: inout State) -> CheckedContinuation<Void, Never>? {
        defer { state.supervisor = nil }
        return state.supervisor
    }
}
