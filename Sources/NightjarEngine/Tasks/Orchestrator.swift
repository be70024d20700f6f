import Logging
import Synchronization

/// Runs tasks: takes due ones from the store as permits allow, runs each as one attempt of an agent, and carries out what
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
    let lifecycle: TaskLifecycle
    /// Every change of a task's state in this process.
    public let events = TaskEventHub()
    let board = CompletionBoard()
    let deadlines: DeadlineTimer
    let attempts = AttemptBoard()
    private let promises = PromisedNotices()
    private let semaphore: AsyncSemaphore
    private let work = Signal()
    /// Attempts in progress that wait for a person.
    let parked = Atomic<Int>(0)
    private let drains = Atomic<Bool>(false)
    private let alarm = Mutex<Alarm?>(nil)
    private let delegateBox = Mutex<(any OrchestratorDelegate)?>(nil)

    /// Most tasks claimed in one step: enough to share a transaction, few enough that other machines get their part.
    static let claimBatchMax = 64

    init(
        store: any Store, clock: EngineClock, maxConcurrent: Int, lifecycle: TaskLifecycle = TaskLifecycle(),
        breakers: BreakerBoard = BreakerBoard(), metrics: EngineMetrics, logger: Logger
    ) {
        self.store = store
        self.clock = clock
        self.lifecycle = lifecycle
        self.breakers = breakers
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

    /// Stores a task and wakes the dispatcher.
    /// - Parameter notice: the acknowledgement: stored in the same step, and sent before anything else is said of the task.
    func submit(_ task: TaskRecord, quota: Int?, notice: OutboxEntry? = nil) async throws -> EnqueueOutcome {
        if let notice { promises.promise(notice, of: task.id) }
        defer { if notice != nil { promises.withdraw(of: task.id) } }
        let outcome = try await enqueue(task, quota: quota, notice: notice)
        if case .enqueued(let task) = outcome {
            if notice != nil { keepPromise(to: task) }
            metrics.taskSubmitted()
            events.publish(task)
            work.notify()
        }
        return outcome
    }

    private func enqueue(_ task: TaskRecord, quota: Int?, notice: OutboxEntry?) async throws -> EnqueueOutcome {
        board.expect(task.id)
        do {
            let outcome = try await store.enqueue(task, quota: quota, notice: notice)
            if case .enqueued = outcome { return outcome }
            board.stopExpecting(task.id)
            return outcome
        } catch {
            board.stopExpecting(task.id)
            throw error
        }
    }

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

    /// The dispatcher: runs until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.deadlines.run() }
            work.notify()
            while await work.wait() {
                if isDraining { continue }
                do {
                    try await dispatch(in: &group)
                } catch is CancellationError {
                    break
                } catch {
                    logger.error("tasks cannot be claimed, trying again", metadata: ["error": "\(error)"])
                    // In place: the permits that were given back have notified already, and would spin.
                    do { try await clock.sleep(for: Self.storeRetryPause) } catch { break }
                    work.notify()
                }
            }
            group.cancelAll()
        }
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

    // MARK: Dispatching

    private func dispatch(in group: inout DiscardingTaskGroup) async throws {
        while true {
            var permits = semaphore.tryAcquire(upTo: Self.claimBatchMax)
            if permits.isEmpty { return }
            let now = clock.now
            let wanted = permits.count
            let claimed = try await claim(limit: wanted, at: now)
            for (task, attempt) in claimed {
                let permit = permits.removeLast()
                group.addTask {
                    await self.run(task, attempt, isFirstStart: task.startedAt == now)
                    permit.release()
                    self.work.notify()
                }
            }
            guard claimed.count == wanted else { break }
        }
        if let due = try await store.nextDelayedTask() { wake(at: due) }
    }

    private func claim(limit: Int, at now: Timestamp) async throws -> [(TaskRecord, RunningTask)] {
        attempts.willClaim()
        var tasks: [TaskRecord] = []
        defer { if tasks.isEmpty { _ = attempts.claimed([]) } }
        tasks = try await store.claim(limit: limit, at: now)
        return Array(zip(tasks, attempts.claimed(tasks)))
    }

    private struct Alarm {
        var id: DeadlineTimer.ID
        var uptime: Duration
    }

    /// Wakes the dispatcher when a delayed task falls due. There is one alarm, for the earliest: the dispatcher sets the next one.
    private func wake(at due: Timestamp) {
        let delay = max(due - clock.now, .zero)
        let uptime = clock.uptime + delay
        alarm.withLock { alarm in
            if let alarm, alarm.uptime <= uptime { return }
            if let alarm { deadlines.cancel(alarm.id) }
            let id = deadlines.schedule(after: delay) { [weak self] in
                self?.alarm.withLock { $0 = nil }
                self?.work.notify()
            }
            alarm = Alarm(id: id, uptime: uptime)
        }
    }
}
