import Synchronization

/// Tells who waits for a message what happens to it: the streaming client, the `?wait=` request, the terminal.
///
/// A message is open while its handler runs, a task of it is active, or a reply of it is on its way for the first time.
/// Events are for watching, not for keeping: what matters is in the store, so a slow watcher may lose deltas, never replies' contents.
final class MessageTracker: Sendable {
    /// Events kept for a watcher that does not read; the oldest go first.
    static let backlogMax = 4096

    private struct Entry {
        var open = 0
        var watchers: [UInt64: AsyncStream<MessageEvent>.Continuation] = [:]
        /// The last attempt of each streaming task that the watchers have seen.
        var attempts: [TaskID: Attempt] = [:]
    }

    private struct Attempt {
        var number: Int
        var leaseToken: String?
    }

    private struct State {
        var entries: [MessageID: Entry] = [:]
        var nextWatcher: UInt64 = 0

        mutating func add(_ watch: Watch<MessageEvent>, to id: MessageID) -> UInt64 {
            nextWatcher += 1
            entries[id]?.watchers[nextWatcher] = watch.continuation
            return nextWatcher
        }
    }

    private let state = Mutex(State())

    /// One more thing to wait for.
    func open(_ id: MessageID) {
        state.withLock { $0.entries[id, default: Entry()].open += 1 }
    }

    /// One more thing to wait for, watched from the start.
    func openWatched(_ id: MessageID) -> Watch<MessageEvent> {
        let watch = Watch<MessageEvent>(backlogMax: Self.backlogMax)
        let watcher = state.withLock { state in
            state.entries[id, default: Entry()].open += 1
            return state.add(watch, to: id)
        }
        forgetAtEnd(watch, watcher, of: id)
        return watch
    }

    /// One thing less; the last one ends the message's events.
    /// - Returns: whether it was the last one.
    @discardableResult
    func close(_ id: MessageID) -> Bool {
        let watchers = state.withLock { state -> [AsyncStream<MessageEvent>.Continuation]? in
            guard var entry = state.entries[id] else { return nil }
            entry.open -= 1
            state.entries[id] = entry.open > 0 ? entry : nil
            return entry.open > 0 ? nil : Array(entry.watchers.values)
        }
        guard let watchers else { return false }
        for watcher in watchers {
            watcher.yield(.end)
            watcher.finish()
        }
        return true
    }

    func isOpen(_ id: MessageID) -> Bool { state.withLock { $0.entries[id] != nil } }

    /// The open messages, oldest first.
    var openIDs: [MessageID] { state.withLock { $0.entries.keys.sorted { $0.rawValue < $1.rawValue } } }

    var isEmpty: Bool { state.withLock(\.entries.isEmpty) }

    func isWatched(_ id: MessageID) -> Bool { state.withLock { $0.entries[id]?.watchers.isEmpty == false } }

    func publish(_ event: MessageEvent, to id: MessageID) {
        let watchers = state.withLock { state in state.entries[id].map { Array($0.watchers.values) } ?? [] }
        for watcher in watchers { watcher.yield(event) }
    }

    /// Publishes a piece of a running attempt's text. An attempt that was put back is counted again by the store when it resumes, and
    /// here it gets a higher number, since its text starts anew.
    func publish(_ text: String, of task: TaskRecord, to id: MessageID) {
        let (number, watchers) = state.withLock { state -> (Int, [AsyncStream<MessageEvent>.Continuation]) in
            guard let entry = state.entries[id], !entry.watchers.isEmpty else { return (0, []) }
            var number = task.attempt
            if let known = entry.attempts[task.id] {
                number = known.leaseToken == task.leaseToken ? known.number : max(known.number + 1, task.attempt)
            }
            state.entries[id]?.attempts[task.id] = Attempt(number: number, leaseToken: task.leaseToken)
            return (number, Array(entry.watchers.values))
        }
        for watcher in watchers { watcher.yield(.delta(task: task.id, attempt: number, text: text)) }
    }

    /// The events of an open message from now on; nil when it is not open (any more).
    func watch(_ id: MessageID) -> Watch<MessageEvent>? {
        let watch = Watch<MessageEvent>(backlogMax: Self.backlogMax)
        let watcher = state.withLock { state in state.entries[id] == nil ? nil : state.add(watch, to: id) }
        guard let watcher else { return nil }
        forgetAtEnd(watch, watcher, of: id)
        return watch
    }

    private func forgetAtEnd(_ watch: Watch<MessageEvent>, _ watcher: UInt64, of id: MessageID) {
        watch.continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.entries[id]?.watchers.removeValue(forKey: watcher) }
        }
    }
}
