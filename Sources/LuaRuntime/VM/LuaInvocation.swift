/// One call of a VM, between the task that made it and the Lua thread.
///
/// The task waits in a continuation while Lua runs, and itself runs what Lua waits for. The
/// continuation can be resumed by the Lua thread, by a cancellation, or by the watchdog when the
/// Lua thread never comes back; whoever is first.
final class LuaInvocation: Sendable {
    enum Event: Sendable {
        case finished([LuaValue])
        case failed(LuaError)
        case pending(LuaPending, LuaHostFunction)
    }

    private struct State {
        var waiting: CheckedContinuation<Event, Never>?
        var abandonment: CheckedContinuation<Void, Never>?
        var abandoned: LuaError?
        var isStarted = false
        var isCancelled = false
    }

    let context: (any Sendable)?
    let results: LuaResults
    /// The call that waits for this one.
    private let parent: LuaInvocation?
    private let state = Locked(State())

    init(context: (any Sendable)?, results: LuaResults, parent: LuaInvocation? = nil) {
        self.context = context
        self.results = results
        self.parent = parent
    }

    /// Whether it is that call, or one that it waits for.
    func isPart(of other: LuaInvocation) -> Bool { self === other || parent?.isPart(of: other) == true }

    var abandonedWith: LuaError? { state.withLock { $0.abandoned } }

    // MARK: The calling task

    /// Waits for what Lua does with a job that `post` hands over. Nil from `post`: accepted.
    func submit(_ post: @Sendable () -> LuaError?) async -> Event {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let refused: LuaError? = state.withLock { state in
                    if let error = state.abandoned { return error }
                    if state.isCancelled && !state.isStarted { return .cancelled }
                    state.waiting = continuation
                    return nil
                }
                if let error = refused {
                    continuation.resume(returning: .failed(error))
                } else if let error = post() {
                    deliver(.failed(error))
                }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Waits until the VM is given up, or the waiting task is cancelled.
    func abandonment() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.abandoned != nil || Task.isCancelled { return true }
                    state.abandonment = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.abandonment.take() }?.resume()
        }
    }

    /// A call that has not started ends at once; one that runs learns of it at its next wait.
    private func cancel() {
        let waiting = state.withLock { state -> CheckedContinuation<Event, Never>? in
            state.isCancelled = true
            guard !state.isStarted, let waiting = state.waiting.take() else { return nil }
            state.abandoned = .cancelled
            return waiting
        }
        waiting?.resume(returning: .failed(.cancelled))
    }

    // MARK: The Lua thread

    /// False when nobody waits for it any more.
    func start() -> Bool {
        state.withLock { state in
            guard state.abandoned == nil else { return false }
            state.isStarted = true
            return true
        }
    }

    /// False when nobody waits for it any more.
    @discardableResult
    func deliver(_ event: Event) -> Bool {
        guard let waiting = state.withLock({ $0.waiting.take() }) else { return false }
        waiting.resume(returning: event)
        return true
    }

    // MARK: Whoever gives the VM up

    /// Ends the call, wherever it is. True when it had started.
    @discardableResult
    func abandon(started: LuaError, queued: LuaError) -> Bool {
        let (waiting, abandonment, error, isStarted) = state.withLock { state in
            let error = state.isStarted ? started : queued
            if state.abandoned == nil { state.abandoned = error }
            return (state.waiting.take(), state.abandonment.take(), error, state.isStarted)
        }
        waiting?.resume(returning: .failed(error))
        abandonment?.resume()
        return isStarted
    }
}
