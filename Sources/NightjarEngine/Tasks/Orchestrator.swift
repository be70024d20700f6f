import Logging
import Synchronization

/// Runs tasks: starts them as they are stored or takes due ones from the store, as permits allow, runs each as one attempt of an agent, and carries out what
/// ``TaskLifecycle`` decides about its end.
///
/// The queue itself is in the store (so it survives, and is fair and ordered there); quotas are derived from it. What lives here is
/// only what a process must know: permits, attempts in progress, who waits for a result.
public final class Orchestrator: Sendable {
    let store: any Store
    let clock: EngineClock
    let logger: Logger
    let metrics: EngineMetrics
    let breakers: BreakerBoard
    let troubles = ModelTroubles()
    let lifecycle: TaskLifecycle
    /// Every change of a task's state in this process.
    public let events = TaskEventHub()
    let board = CompletionBoard()
    let deadlines: DeadlineTimer
    let attempts = AttemptBoard()
    let promises = PromisedNotices()
    let semaphore: AsyncSemaphore
    let work = Signal()
    let backlog = Backlog()
    let starts = StartedTasks()
    /// Attempts in progress that wait for a person.
    let parked = Atomic<Int>(0)
    private let drains = Atomic<Bool>(false)
    let alarm = Mutex<Alarm?>(nil)
    private let delegateBox = Mutex<(any OrchestratorDelegate)?>(nil)

    init(
        store: any Store, clock: EngineClock, maxConcurrent: Int, lifecycle: TaskLifecycle = TaskLifecycle(),
        metrics: EngineMetrics, logger: Logger
    ) {
        self.store = store
        self.clock = clock
        self.lifecycle = lifecycle
        breakers = BreakerBoard(logger: logger)
        self.metrics = metrics
        self.logger = logger
        semaphore = AsyncSemaphore(limit: maxConcurrent)
        deadlines = DeadlineTimer(clock: clock)
    }

    /// Set once by the engine, before anything runs.
    var delegate: (any OrchestratorDelegate)? {
        get { delegateBox.withLock { $0 } }
        set { delegateBox.withLock { $0 = newValue } }
    }

    // MARK: For the rest of the engine

    public var maxConcurrent: Int {
        get { semaphore.limit }
        set { semaphore.limit = newValue; work.notify() }
    }

    public var freePermits: Int { semaphore.free }
    /// Attempts in progress, nested ones included.
    public var runningCount: Int { attempts.count }
    /// How each model's breaker stands; a model that was never asked has none.
    public var breakerPhases: [String: CircuitBreaker.Phase] { breakers.phases }
    /// Whether the process goes down: no attempt begins any more.
    var isDraining: Bool { drains.load(ordering: .acquiring) }

    func keepPromise(to task: TaskRecord) {
        promises.keep(of: task.id) { delegate?.didPost([$0]) }
    }

    /// Waits until a task has ended.
    /// - Throws: ``StoreError``, `CancellationError`.
    func result(of id: TaskID) async throws -> TaskRecord {
        try await board.wait(for: id) { try await store.task(id) }
    }

    /// Cancels a task that has not ended, and stops its work: the store decides the race, then the attempt's Swift task is cancelled,
    /// which closes its connections. What follows the task (the next turn of its session) waits until its work has stopped.
    func cancel(_ id: TaskID, notice: OutboxEntry?) async throws -> CancelOutcome {
        let outcome = try await store.cancel(id, notice: notice, at: clock.now)
        if case .cancelled(let task, _) = outcome {
            let isLeft = attempts.cancel(task)
            tellEnd(of: task, notices: notice.map { [$0] } ?? [])
            if !isLeft { await conclude(task) }
        }
        return outcome
    }

    /// How long to wait after the store failed: long enough not to spin on a full disk.
    static let storeRetryPause = Duration.seconds(1)

    /// Starts no more tasks, and waits up to `grace` for those in progress; the rest are stopped and put back as if they had not run.
    func drain(grace: Duration) async {
        drains.store(true, ordering: .releasing)
        let deadline = clock.uptime + grace
        while runningCount > parked.load(ordering: .relaxed), clock.uptime < deadline {
            try? await clock.sleep(for: .milliseconds(20))
            if Task.isCancelled { break }
        }
        attempts.stopAll(.shutdown)
    }
}
