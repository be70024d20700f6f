import Synchronization

/// A value that a stand-in changes and tests wait on.
final class StandInRecord<Value: Sendable>: Sendable {
    private struct Waiter {
        var condition: @Sendable (Value) -> Bool
        var continuation: CheckedContinuation<Value, any Error>
    }

    private struct State {
        var value: Value
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
    }

    private let state: Mutex<State>

    init(_ value: Value) {
        state = Mutex(State(value: value))
    }

    var value: Value { state.withLock(\.value) }

    @discardableResult
    func change<Result: Sendable>(_ change: (inout Value) -> Result) -> Result {
        let (result, value, ready) = state.withLock { state in
            let result = change(&state.value)
            let value = state.value
            let ready = state.waiters.filter { $0.value.condition(value) }
            for key in ready.keys { state.waiters[key] = nil }
            return (result, value, ready.values.map(\.continuation))
        }
        for continuation in ready { continuation.resume(returning: value) }
        return result
    }

    /// - Throws: `CancellationError` when the task is cancelled first.
    @discardableResult
    func wait(until condition: @escaping @Sendable (Value) -> Bool) async throws -> Value {
        let key = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Value, any Error>? = state.withLock { state in
                    if condition(state.value) { return .success(state.value) }
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
