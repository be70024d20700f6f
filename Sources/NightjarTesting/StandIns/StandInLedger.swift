import Synchronization

/// The record of a stand-in provider, which tests can wait on.
final class StandInLedger: Sendable {
    private let record = StandInRecord(StandInActivity())
    private let answers = Mutex<[StandInAnswer]>([])

    var activity: StandInActivity { record.value }

    func enqueue(_ new: [StandInAnswer]) {
        answers.withLock { $0 += new }
    }

    func nextAnswer() -> StandInAnswer? {
        answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    }

    func record(_ change: (inout StandInActivity) -> Void) {
        record.change(change)
    }

    /// - Throws: `CancellationError` when the task is cancelled first.
    func wait(until condition: @escaping @Sendable (StandInActivity) -> Bool) async throws -> StandInActivity {
        try await record.wait(until: condition)
    }
}
