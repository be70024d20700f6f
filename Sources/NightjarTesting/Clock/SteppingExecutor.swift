internal import DequeModule
internal import Dispatch
internal import Synchronization

/// Runs jobs one after the other in the order in which they came, and tells when it has none left.
final class SteppingExecutor: TaskExecutor {
    private struct State {
        var jobs = Deque<UnownedJob>()
        var isDraining = false
        var idleWaiters = Deque<CheckedContinuation<Void, Never>>()
    }

    private enum Step {
        case run(UnownedJob)
        case tellIdle(CheckedContinuation<Void, Never>)
        case rest
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "nightjar.virtual-clock")

    /// Whether the calling task runs here.
    var isCurrent: Bool {
        withUnsafeCurrentTask { $0?.unownedTaskExecutor == asUnownedTaskExecutor() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustStart = state.withLock { state in
            state.jobs.append(job)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustStart { queue.async { self.drain() } }
    }

    /// Returns when no job is left; to a caller on this executor that is: when everyone else rests.
    func waitUntilIdle() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.isDraining { state.idleWaiters.append(continuation) }
                return !state.isDraining
            }
            if isIdle { continuation.resume() }
        }
    }

    private func drain() {
        while true {
            switch state.withLock({ Self.nextStep(&$0) }) {
            case .run(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            case .tellIdle(let waiter): waiter.resume()
            case .rest: return
            }
        }
    }

    private static func nextStep(_ state: inout State) -> Step {
        if let job = state.jobs.popFirst() { return .run(job) }
        if let waiter = state.idleWaiters.popFirst() { return .tellIdle(waiter) }
        state.isDraining = false
        return .rest
    }
}
