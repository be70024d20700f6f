import Synchronization

/// All sessions that are doing something. A lock keeps "is it idle? then it is mine" one step.
final class SessionDirectory: Sendable {
    private struct State {
        var inboxes: [SessionKey: SessionInbox] = [:]
        var waiters: [UInt64: CheckedContinuation<Void, any Error>] = [:]
        var nextWaiter: UInt64 = 0
        /// Cancelled before they waited.
        var cancelledEarly: Set<UInt64> = []
    }

    private let state = Mutex(State())

    func isIdle(_ key: SessionKey) -> Bool {
        state.withLock { $0.inboxes[key]?.isIdle ?? true }
    }

    func arrive(_ message: InboundMessage, at key: SessionKey, queueMax: Int) -> SessionInbox.Arrival {
        state.withLock { $0.inboxes[key, default: SessionInbox()].arrive(message, queueMax: queueMax) }
    }

    func interrupt(_ message: InboundMessage, at key: SessionKey) -> (arrival: SessionInbox.Arrival, turn: TaskID?) {
        state.withLock { $0.inboxes[key, default: SessionInbox()].interrupt(message) }
    }

    func turnBegan(_ task: TaskID, at key: SessionKey) {
        state.withLock { $0.inboxes[key, default: SessionInbox()].turnBegan(task) }
    }

    /// Whether an interrupt waits for the end of this turn.
    func isInterrupted(_ task: TaskID, at key: SessionKey) -> Bool {
        state.withLock { $0.inboxes[key].map { $0.turn == .running(task) && $0.isInterrupted } ?? false }
    }

    /// - Returns: the message whose turn is next, to be started by the caller.
    func turnEnded(_ task: TaskID, at key: SessionKey) -> InboundMessage? {
        advance(key) { $0.turnEnded(task) }
    }

    /// - Returns: as ``turnEnded(_:at:)``.
    func claimReturned(at key: SessionKey) -> InboundMessage? {
        advance(key) { $0.claimReturned() }
    }

    func independentTaskBegan(at key: SessionKey) {
        state.withLock { $0.inboxes[key, default: SessionInbox()].independentTaskBegan() }
    }

    /// - Returns: as ``turnEnded(_:at:)``.
    func independentTaskEnded(at key: SessionKey) -> InboundMessage? {
        advance(key) { $0.independentTaskEnded() }
    }

    /// Waits until the session is idle and claims it in the same step. Who returns from here starts a turn or gives the
    /// claim back with ``claimReturned(at:)``. Waiters are let in one at a time, in the order in which they came.
    /// - Throws: `CancellationError`; then nothing is claimed.
    func claimWhenIdle(_ key: SessionKey) async throws {
        let id: UInt64? = state.withLock { state in
            if state.inboxes[key, default: SessionInbox()].claimIfIdle() { return nil }
            state.nextWaiter += 1
            return state.nextWaiter
        }
        guard let id else { return }
        defer { state.withLock { _ = $0.cancelledEarly.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                wait(id, at: key, continuation)
            }
        } onCancel: {
            stopWaiting(id, at: key)
        }
    }

    private enum Entry {
        case waits
        case claimed
        case cancelled
    }

    private func wait(_ id: UInt64, at key: SessionKey, _ continuation: CheckedContinuation<Void, any Error>) {
        let entry = state.withLock { state -> Entry in
            if state.cancelledEarly.remove(id) != nil { return .cancelled }
            // It may have become idle since the first look: register and check in one step, or the wake-up is lost.
            if state.inboxes[key, default: SessionInbox()].claimIfIdle() { return .claimed }
            state.inboxes[key, default: SessionInbox()].wait(id)
            state.waiters[id] = continuation
            return .waits
        }
        switch entry {
        case .waits: break
        case .claimed: continuation.resume()
        case .cancelled: continuation.resume(throwing: CancellationError())
        }
    }

    private func stopWaiting(_ id: UInt64, at key: SessionKey) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard state.inboxes[key]?.stopWaiting(id) == true else {
                state.cancelledEarly.insert(id)
                return nil
            }
            dropIfVacant(key, &state)
            return state.waiters.removeValue(forKey: id)
        }
        continuation?.resume(throwing: CancellationError())
    }

    private func advance(_ key: SessionKey, _ step: (inout SessionInbox) -> SessionInbox.Next) -> InboundMessage? {
        let (message, admitted) = state.withLock { state -> (InboundMessage?, CheckedContinuation<Void, any Error>?) in
            let next = step(&state.inboxes[key, default: SessionInbox()])
            dropIfVacant(key, &state)
            switch next {
            case .start(let message): return (message, nil)
            case .admit(let waiter): return (nil, state.waiters.removeValue(forKey: waiter))
            case .nothing: return (nil, nil)
            }
        }
        admitted?.resume()
        return message
    }

    private func dropIfVacant(_ key: SessionKey, _ state: inout State) {
        if state.inboxes[key]?.isVacant == true { state.inboxes[key] = nil }
    }
}
