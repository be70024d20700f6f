import NightjarEngine
import Synchronization

/// What the writer knows of the rows without reading them. A store has one owner and one writer, so nothing else changes them.
///
/// It is only used inside writes, and it is a help, never the truth: a transaction that is undone empties it (``forget()``), what is not
/// in it is read, and a statement that ends an attempt still names the fence.
final class WriterMemory: Sendable {
    private struct State {
        /// As many as run at once.
        var running: [TaskID: StoredTask] = [:]
        var mayHoldDelayed = true
        var mayHoldDue = true
    }

    private let state = Mutex(State())

    func forget() { state.withLock { $0 = State() } }

    /// Whether some task may be delayed. Set before a delay is written, and cleared by who has looked and found none.
    var mayHoldDelayed: Bool {
        get { state.withLock(\.mayHoldDelayed) }
        set { state.withLock { $0.mayHoldDelayed = newValue } }
    }

    /// Whether some task may be due. Set before one is written that may be, and cleared by who has looked and found none.
    var mayHoldDue: Bool {
        get { state.withLock(\.mayHoldDue) }
        set { state.withLock { $0.mayHoldDue = newValue } }
    }

    // MARK: Running tasks

    /// A task that was just started, as it was written.
    func started(_ task: StoredTask) {
        state.withLock { $0.running[task.record.id] = task }
    }

    func ended(_ id: TaskID) {
        state.withLock { _ = $0.running.removeValue(forKey: id) }
    }

    /// The attempt that the fence names, if it is known to be the current one.
    func running(_ fence: TaskFence) -> StoredTask? {
        state.withLock { state in
            guard let task = state.running[fence.id], task.record.fence == fence else { return nil }
            return task
        }
    }
}
