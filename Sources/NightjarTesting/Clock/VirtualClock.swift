internal import Synchronization

/// A clock that stands still until a test moves it, so that code which waits is tested at once and always with the same result.
///
/// The exact way to use it is ``run(_:)``: everything its body starts as child tasks runs on one thread of this clock, in
/// order. There ``advance(by:)`` knows when all of it rests, and after it returns every effect of the step can be seen.
///
/// ```swift
/// let clock = VirtualClock()
/// try await clock.run {
///     async let nap: Void = clock.sleep(for: .seconds(10))
///     await clock.advance(by: .seconds(10))
///     try await nap
/// }
/// ```
///
/// Unstructured tasks join in when they are made with `Task(executorPreference: clock.executor)`. Work on other threads
/// (a database, a socket) is not seen: wait for a result of it before advancing, with ``waitForSleepers(_:)`` for example.
public final class VirtualClock: Clock, Sendable {
    private let sleepers = Mutex(SleeperQueue())
    private let steps = SteppingExecutor()

    /// How often ``advance(by:)`` outside ``run(_:)`` gives way to other tasks after each wake-up. There nobody can tell whether
    /// they rest, so this is a courtesy and no promise.
    private static let courtesyYields = 20

    public init() {}

    /// Runs jobs in order on one thread; ``advance(by:)`` waits until it has none left.
    public var executor: any TaskExecutor { steps }

    public var now: Instant { sleepers.withLock(\.now) }

    public var minimumResolution: Duration { .nanoseconds(1) }

    /// How many tasks wait on this clock now.
    public var sleeperCount: Int { sleepers.withLock(\.count) }

    /// When the next sleeper wakes, or nil when there is none.
    public var nextWake: Instant? { sleepers.withLock { $0.nextWake } }

    /// Runs `body` and all its child tasks in order on one thread of this clock.
    public func run<Success: Sendable>(
        _ body: @Sendable () async throws -> Success
    ) async rethrows -> Success {
        try await withTaskExecutorPreference(steps) { try await body() }
    }

    /// Waits until the clock has been moved to `deadline`; one in the past returns at once.
    /// - Throws: `CancellationError`, at once, when the task is cancelled.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        let id = sleepers.withLock { $0.makeID() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (resumption, satisfied) = sleepers.withLock { $0.add(id, deadline, continuation, isCancelled: Task.isCancelled) }
                resumption?.resume()
                for waiter in satisfied { waiter.resume() }
            }
        } onCancel: {
            sleepers.withLock { $0.cancel(id) }?.resume(throwing: CancellationError())
        }
    }

    /// Moves the clock forward from one sleeper's deadline to the next, and lets the woken tasks run until they rest before
    /// each further step. Sleeps that woken tasks begin are part of it when they end within `duration`.
    public func advance(by duration: Duration) async {
        await advance(to: now.advanced(by: duration))
    }

    /// As ``advance(by:)``; a moment in the past only lets tasks run until they rest.
    public func advance(to target: Instant) async {
        await settle()
        while let woken = sleepers.withLock({ $0.wakeNext(notAfter: target) }) {
            for sleeper in woken { sleeper.resume() }
            await settle()
        }
        sleepers.withLock { $0.moveNow(to: target) }
        await settle()
    }

    /// Returns when tasks that can run without the clock have run until they rest.
    public func settle() async {
        if steps.isCurrent {
            await steps.waitUntilIdle()
        } else {
            for _ in 0..<Self.courtesyYields { await Task.yield() }
            await steps.waitUntilIdle()
        }
    }

    /// Waits until at least `count` tasks sleep on this clock. The caller must not be cancelled while it waits.
    public func waitForSleepers(_ count: Int) async {
        await withCheckedContinuation { continuation in
            sleepers.withLock { $0.addWaiter(continuation, for: count) }?.resume()
        }
    }
}
