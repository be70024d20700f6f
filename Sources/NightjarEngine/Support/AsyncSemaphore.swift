import DequeModule
import Synchronization

/// A counting semaphore for asynchronous code: waiters are served first in, first out, a cancelled waiter leaves the line
/// without a permit, and a permit goes back exactly once.
///
/// Permits are values with an end (``Permit``): losing one returns it, so none can leak.
public final class AsyncSemaphore: Sendable {
    /// The right to proceed. It is given back by ``release()`` or when the last reference goes.
    public final class Permit: Sendable {
        private let semaphore: AsyncSemaphore
        private let isReleased = Atomic<Bool>(false)

        fileprivate init(_ semaphore: AsyncSemaphore) {
            self.semaphore = semaphore
        }

        /// Gives the permit back; a second call does nothing.
        public func release() {
            if !isReleased.exchange(true, ordering: .acquiringAndReleasing) {
                semaphore.returnPermit()
            }
        }

        deinit { release() }
    }

    private struct Waiter {
        var id: UInt64
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var limit: Int
        var held = 0
        var nextID: UInt64 = 0
        var waiters: Deque<Waiter> = []
        /// Cancelled before they had joined the line.
        var cancelledEarly: Set<UInt64> = []

        /// Takes permits for as many waiters as there is room for.
        mutating func admit() -> [CheckedContinuation<Void, any Error>] {
            var admitted: [CheckedContinuation<Void, any Error>] = []
            while held < limit, let waiter = waiters.popFirst() {
                admitted.append(waiter.continuation)
                held += 1
            }
            return admitted
        }

        mutating func remove(_ id: UInt64) -> CheckedContinuation<Void, any Error>? {
            guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
            return waiters.remove(at: index).continuation
        }
    }

    private let state: Mutex<State>

    /// - Parameter limit: permits in all; at least 1.
    public init(limit: Int) {
        state = Mutex(State(limit: max(1, limit)))
    }

    /// Permits in all. Lowering it below ``held`` takes nothing away: no new permit is given until enough came back.
    public var limit: Int {
        get { state.withLock(\.limit) }
        set {
            resume(
                state.withLock {
                    $0.limit = max(1, newValue); return $0.admit()
                })
        }
    }

    public var held: Int { state.withLock(\.held) }
    public var free: Int { state.withLock { max(0, $0.limit - $0.held) } }
    public var waiting: Int { state.withLock { $0.waiters.count } }

    /// Waits for a permit.
    /// - Throws: `CancellationError` when the task is cancelled while it waits.
    public func acquire() async throws -> Permit {
        if let permit = tryAcquire() { return permit }
        let id = state.withLock {
            $0.nextID += 1; return $0.nextID
        }
        defer { state.withLock { _ = $0.cancelledEarly.remove(id) } }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                join(id, continuation)
            }
        } onCancel: {
            leave(id)
        }
        return Permit(self)
    }

    /// A permit if one is free and nobody waits.
    public func tryAcquire() -> Permit? {
        tryAcquire(upTo: 1).first
    }

    /// As many permits as are free, at most `count`; none while somebody waits.
    public func tryAcquire(upTo count: Int) -> [Permit] {
        let taken = state.withLock { state -> Int in
            guard state.waiters.isEmpty else { return 0 }
            let taken = max(0, min(count, state.limit - state.held))
            state.held += taken
            return taken
        }
        return (0..<taken).map { _ in Permit(self) }
    }

    private func join(_ id: UInt64, _ continuation: CheckedContinuation<Void, any Error>) {
        let (cancelled, admitted) = state.withLock { state -> (Bool, [CheckedContinuation<Void, any Error>]) in
            if state.cancelledEarly.remove(id) != nil { return (true, []) }
            state.waiters.append(Waiter(id: id, continuation: continuation))
            return (false, state.admit())
        }
        if cancelled { continuation.resume(throwing: CancellationError()) }
        resume(admitted)
    }

    private func leave(_ id: UInt64) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            if let waiter = state.remove(id) { return waiter }
            // Not in line: not there yet, or admitted already. Only the first may still come for the mark.
            state.cancelledEarly.insert(id)
            return nil
        }
        waiter?.resume(throwing: CancellationError())
    }

    private func returnPermit() {
        resume(
            state.withLock {
                $0.held -= 1; return $0.admit()
            })
    }

    private func resume(_ admitted: [CheckedContinuation<Void, any Error>]) {
        for continuation in admitted { continuation.resume() }
    }
}
