import Synchronization

/// Tells who watches that tasks change their state: queued, running, ended, or queued again.
///
/// Events are for watching, not for keeping: a watcher that falls behind loses the oldest first.
public final class TaskEventHub: Sendable {
    /// Changes kept for a watcher that does not read.
    public static let backlogMax = 1024

    private struct State {
        var watchers: [UInt64: AsyncStream<TaskRecord>.Continuation] = [:]
        var lastID: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Tasks as they are after each change, from now on.
    public func watch() -> Watch<TaskRecord> {
        let watch = Watch<TaskRecord>(backlogMax: Self.backlogMax)
        let id = state.withLock { state in
            state.lastID += 1
            state.watchers[state.lastID] = watch.continuation
            return state.lastID
        }
        watch.continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.watchers.removeValue(forKey: id) }
        }
        return watch
    }

    func publish(_ task: TaskRecord) {
        let watchers = state.withLock { $0.watchers.isEmpty ? [] : Array($0.watchers.values) }
        for watcher in watchers { watcher.yield(task) }
    }
}
