internal import HeapModule

/// Who sleeps until when. It resumes nobody itself: its owner does, after releasing the lock.
struct SleeperQueue {
    typealias Sleeper = CheckedContinuation<Void, any Error>

    private struct Alarm: Comparable {
        var deadline: VirtualClock.Instant
        var id: Int

        static func < (left: Alarm, right: Alarm) -> Bool {
            (left.deadline, left.id) < (right.deadline, right.id)
        }
    }

    private(set) var now = VirtualClock.Instant()
    /// Alarms of cancelled sleepers stay until they are met.
    private var alarms = Heap<Alarm>()
    private var sleepers: [Int: Sleeper] = [:]
    private var waiters = CountWaiters()
    private var lastID = 0

    var count: Int { sleepers.count }

    var nextWake: VirtualClock.Instant? {
        mutating get {
            dropCancelled()
            return alarms.min?.deadline
        }
    }

    mutating func makeID() -> Int {
        lastID += 1
        return lastID
    }

    /// - Parameter isCancelled: whether the task was cancelled before it could be added; its handler has run already then.
    /// - Returns: how to resume the sleeper at once, if it need not wait, and the waiters that waited for it.
    mutating func add(
        _ id: Int, _ deadline: VirtualClock.Instant, _ sleeper: Sleeper, isCancelled: Bool
    ) -> (Resumption?, [CountWaiters.Waiter]) {
        if isCancelled { return (Resumption(sleeper: sleeper, error: CancellationError()), []) }
        if deadline <= now { return (Resumption(sleeper: sleeper, error: nil), []) }
        alarms.insert(Alarm(deadline: deadline, id: id))
        sleepers[id] = sleeper
        return (nil, waiters.takeSatisfied(by: count))
    }

    mutating func cancel(_ id: Int) -> Sleeper? {
        sleepers.removeValue(forKey: id)
    }

    /// Moves to the next deadline that is not after `target` and takes out everyone who sleeps until it, in the order in which
    /// they fell asleep; nil when there is no such deadline.
    mutating func wakeNext(notAfter target: VirtualClock.Instant) -> [Sleeper]? {
        guard let deadline = nextWake, deadline <= target else { return nil }
        now = deadline
        var woken: [Sleeper] = []
        while let alarm = alarms.min, alarm.deadline == deadline {
            alarms.removeMin()
            if let sleeper = sleepers.removeValue(forKey: alarm.id) { woken.append(sleeper) }
        }
        return woken
    }

    mutating func moveNow(to target: VirtualClock.Instant) {
        now = max(now, target)
    }

    /// - Returns: the waiter, if it need not wait.
    mutating func addWaiter(_ waiter: CountWaiters.Waiter, for wanted: Int) -> CountWaiters.Waiter? {
        waiters.add(waiter, for: wanted, count: count)
    }

    private mutating func dropCancelled() {
        while let alarm = alarms.min, sleepers[alarm.id] == nil { alarms.removeMin() }
    }
}

extension SleeperQueue {
    struct Resumption {
        var sleeper: Sleeper
        var error: (any Error)?

        func resume() {
            if let error { sleeper.resume(throwing: error) } else { sleeper.resume() }
        }
    }
}
