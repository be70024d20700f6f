import Synchronization

/// The record of a stand-in provider, which tests can wait on.
final class StandInLedger: Sendable {
    private struct Waiter {
        var condition: @Sendable (StandInActivity) -> Bool
        var continuation: CheckedContinuation<StandInActivity, any Error>
    }

    private struct State {
        var activity = StandInActivity()
        var answers: [StandInAnswer] = []
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    var activity: StandInActivity {
        state.withLock(\.activity)
    }

    func enqueue(_ answers: [StandInAnswer]) {
        state.withLock { $0.answers += answers }
    }

    func nextAnswer() -> StandInAnswer? {
        state.withLock { $0.answers.isEmpty ? nil : $0.answers.removeFirst() }
    }

    func record(_ change: (inout StandInActivity) -> Void) {
        let (activity, ready) = state.withLock { state in
            change(&state.activity)
            let activity = state.activity
            let ready = state.waiters.filter { $0.value.condition(activity) }
            for key in ready.keys { state.waiters[key] = nil }
            return (activity, ready.values.map(\.continuation))
        }
        for continuation in ready { continuation.resume(returning: activity) }
    }

    /// - Throws: `CancellationError` when the task is cancelled first.
    func wait(until condition: @escaping @Sendable (StandInActivity) -> Bool) async throws -> StandInActivity {
        let key = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<StandInActivity, any Error>? = state.withLock { state in
                    if condition(state.activity) { return .success(state.activity) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiters[key] = Waiter(condition: condition, continuation: continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: key) }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }
}
