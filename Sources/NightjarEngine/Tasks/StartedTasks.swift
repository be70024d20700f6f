import Synchronization

/// Tasks that were started in the step that stored them, on their way to the dispatcher.
final class StartedTasks: Sendable {
    private struct State {
        var tasks: [StartedTask] = []
        var isClosed = false
    }

    private let state = Mutex(State())

    /// - Returns: false when nobody takes any more; then the task stays with the caller.
    func put(_ start: StartedTask) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.tasks.append(start)
            return true
        }
    }

    func takeAll() -> [StartedTask] {
        state.withLock { state in
            defer { state.tasks = [] }
            return state.tasks
        }
    }

    /// Takes what is left, and no more comes.
    func close() -> [StartedTask] {
        state.withLock { state in
            defer { state = State(isClosed: true) }
            return state.tasks
        }
    }
}
