import Synchronization

/// "Something changed": any number of calls to ``notify()`` while nobody waits count as one. For one listener at a time.
final class Signal: Sendable {
    private enum State {
        case quiet
        case notified
        case awaited(CheckedContinuation<Bool, Never>)
    }

    private let state = Mutex(State.quiet)

    func notify() {
        let listener = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if case .awaited(let listener) = state {
                state = .quiet
                return listener
            }
            state = .notified
            return nil
        }
        listener?.resume(returning: true)
    }

    /// Waits for a notification that was not waited for yet.
    /// - Returns: false when the task is cancelled; a notification that came at the same time is kept then.
    func wait() async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { listener in
                if let result = enter(listener) { listener.resume(returning: result) }
            }
        } onCancel: {
            leave()
        }
    }

    /// - Returns: what to tell the listener at once, or nil when it waits now.
    private func enter(_ listener: CheckedContinuation<Bool, Never>) -> Bool? {
        state.withLock { state in
            // Looked at inside the lock: a cancel that comes later finds the listener in its place.
            if Task.isCancelled { return false }
            if case .notified = state {
                state = .quiet
                return true
            }
            state = .awaited(listener)
            return nil
        }
    }

    private func leave() {
        let listener = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard case .awaited(let listener) = state else { return nil }
            state = .quiet
            return listener
        }
        listener?.resume(returning: false)
    }
}
