import Synchronization

/// One answer while it is written: what there is of it, and what a person has been shown.
final class LiveDraft: Sendable {
    private struct State {
        var leaseToken: String?
        var text = ""
        var isChanged = false
        var reference: String?
        var isClosed = false
    }

    let task: TaskRecord
    /// Notified when the next look at it is due, and when it is closed.
    let wake = Signal()
    private let state: Mutex<State>
    private let end: AsyncStream<Never>
    private let ending: AsyncStream<Never>.Continuation

    /// - Parameter reference: of the message that an earlier attempt has shown.
    init(_ task: TaskRecord, reference: String?) {
        self.task = task
        state = Mutex(State(leaseToken: task.leaseToken, reference: reference))
        (end, ending) = AsyncStream.makeStream()
    }

    var isClosed: Bool { state.withLock(\.isClosed) }

    var reference: String? { state.withLock(\.reference) }

    /// - Parameter task: as its running attempt has it; the text of a new attempt takes the place of the old one's.
    func append(_ text: String, of task: TaskRecord) {
        state.withLock { state in
            if state.leaseToken != task.leaseToken {
                state.leaseToken = task.leaseToken
                state.text = ""
            }
            state.text += text
            state.isChanged = true
        }
    }

    /// - Returns: the text, if there is more than was taken last time.
    func takeText() -> String? {
        state.withLock { state in
            guard state.isChanged, state.text.contains(where: { !$0.isWhitespace }) else { return nil }
            state.isChanged = false
            return state.text
        }
    }

    func wasShown(as reference: String) {
        state.withLock { $0.reference = reference }
    }

    /// The text could not be shown: it is still to come.
    func wasNotShown() {
        state.withLock { $0.isChanged = true }
    }

    /// Nothing more is shown, except what is on its way.
    func close() {
        state.withLock { $0.isClosed = true }
        wake.notify()
    }

    /// Called by whoever shows it, once.
    func didEnd() { ending.finish() }

    /// Returns when nothing is on its way any more.
    func waitForEnd() async {
        for await _ in end {}
    }
}
