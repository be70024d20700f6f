import Synchronization

/// Acknowledgements of tasks that are being stored. A dispatcher that is awake may run a task, even to its end, before whoever stored
/// it hears that it is stored; whichever of the two comes first has the acknowledgement sent, so it is always the first thing said.
final class PromisedNotices: Sendable {
    private let notices = Mutex<[TaskID: OutboxEntry]>([:])

    /// Must be called before the task is stored.
    func promise(_ notice: OutboxEntry, of id: TaskID) {
        notices.withLock { $0[id] = notice }
    }

    /// The task is in the store, and its notice with it. The second call does nothing.
    /// - Parameter send: returns soon; the task's next notice waits for it.
    func keep(of id: TaskID, send: (OutboxEntry) -> Void) {
        notices.withLock { notices in
            if let notice = notices.removeValue(forKey: id) { send(notice) }
        }
    }

    /// The task was not stored.
    func withdraw(of id: TaskID) {
        notices.withLock { $0[id] = nil }
    }
}
