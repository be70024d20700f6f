import Synchronization

/// The attempts in progress in this process, by task.
final class AttemptBoard: Sendable {
    private struct State {
        var attempts: [TaskID: RunningTask] = [:]
        /// Tasks are being claimed: the store calls them running, and they are not here yet.
        var isClaiming = false
        /// Running tasks that were cancelled meanwhile and may be among those.
        var cancelledMeanwhile: Set<TaskID> = []
        /// Tasks that are being stored and may start thereby, and whether they were cancelled meanwhile.
        var starting: [TaskID: Bool] = [:]
    }

    private let state = Mutex(State())

    var count: Int { state.withLock(\.attempts.count) }

    subscript(id: TaskID) -> RunningTask? { state.withLock { $0.attempts[id] } }

    /// Must be called before tasks are claimed, and ``claimed(_:)`` after it, whatever came of it.
    func willClaim() { state.withLock { $0.isClaiming = true } }

    /// - Returns: one attempt for each task, in order; those of tasks that were cancelled meanwhile are stopped.
    func claimed(_ tasks: [TaskRecord]) -> [RunningTask] {
        state.withLock { state in
            defer {
                state.isClaiming = false
                state.cancelledMeanwhile = []
            }
            return tasks.map { task in
                let attempt = RunningTask()
                state.attempts[task.id] = attempt
                if state.cancelledMeanwhile.contains(task.id) { attempt.stop(.cancelled) }
                return attempt
            }
        }
    }

    /// Must be called before a task is stored that may start thereby, and ``started(_:)`` or ``didNotStart(_:)`` after it.
    func willStart(_ id: TaskID) { state.withLock { $0.starting[id] = false } }

    /// - Returns: the task's attempt, stopped if the task was cancelled meanwhile.
    func started(_ task: TaskRecord) -> RunningTask {
        state.withLock { state in
            let attempt = RunningTask()
            state.attempts[task.id] = attempt
            if state.starting.removeValue(forKey: task.id) == true { attempt.stop(.cancelled) }
            return attempt
        }
    }

    func didNotStart(_ id: TaskID) { state.withLock { _ = $0.starting.removeValue(forKey: id) } }

    func add(_ attempt: RunningTask, for id: TaskID) {
        state.withLock { $0.attempts[id] = attempt }
    }

    func remove(_ id: TaskID) {
        state.withLock { $0.attempts[id] = nil }
    }

    /// Stops the work of a task that the store has cancelled.
    /// - Returns: true when its attempt tells the task's end.
    func cancel(_ task: TaskRecord) -> Bool {
        let attempt = state.withLock { state -> RunningTask? in
            if let attempt = state.attempts[task.id] { return attempt }
            if state.starting[task.id] != nil { state.starting[task.id] = true }
            if state.isClaiming { state.cancelledMeanwhile.insert(task.id) }
            return nil
        }
        guard let attempt else { return false }
        let isLeft = attempt.leave(task)
        attempt.stop(.cancelled)
        return isLeft
    }

    func stopAll(_ reason: RunningTask.StopReason) {
        for attempt in state.withLock({ Array($0.attempts.values) }) { attempt.stop(reason) }
    }
}
