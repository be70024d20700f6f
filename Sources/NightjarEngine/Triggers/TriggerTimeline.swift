internal import DequeModule

/// One trigger's life as a pure state machine: what happens at a moment, or when a firing ends, follows from its state alone.
///
/// It starts nothing itself. Its caller fires what a step says and reports each end with ``finish(_:_:at:_:)``.
struct TriggerTimeline: Sendable {
    private(set) var spec: TriggerSpec
    private(set) var isPaused = false
    private(set) var counters = TriggerCounters()
    private(set) var running = 0

    /// The next slot of the schedule; nil while none is known: after the last one, or until the running firing ends.
    private(set) var next: Timestamp?
    private var backlog = Deque<Due>()
    /// Scheduled firings, counted for `max_runs`.
    private var runs = 0
    private var failuresInARow = 0

    /// - Parameters:
    ///   - lastClaimed: the last slot that was claimed durably, if it is to count.
    ///   - memory: what an earlier process remembered; it counts if the trigger is declared as it was then.
    init(_ spec: TriggerSpec, at now: Timestamp, lastClaimed: Timestamp?, memory: TriggerMemory? = nil) {
        self.spec = spec
        if let memory, memory.timing == spec.timing {
            isPaused = memory.isPaused
            runs = spec.countsRuns ? memory.runs : 0
        }
        next = Self.firstSlot(of: spec.definition.schedule, at: now, lastClaimed: lastClaimed)
    }

    /// A claimed slot further ahead than one period was dated by a clock that was wrong then: the grid begins anew.
    private static func firstSlot(of schedule: TriggerSchedule, at now: Timestamp, lastClaimed: Timestamp?) -> Timestamp? {
        switch schedule {
        case .every(let period):
            if let lastClaimed, lastClaimed <= now + period { lastClaimed + period } else { now + period }
        case .after(let delay): now + delay
        case .at(let moment):
            if let lastClaimed, lastClaimed >= moment { nil } else { moment }
        }
    }

    /// The handler of a new generation; the timing must be the same.
    mutating func adopt(_ spec: TriggerSpec) {
        self.spec = spec
    }

    /// What the next process has to know.
    var memory: TriggerMemory {
        TriggerMemory(trigger: spec.name, timing: spec.timing, runs: spec.countsRuns ? runs : 0, isPaused: isPaused)
    }

    private var isSpent: Bool { spec.options.maxRuns.map { runs >= $0 } ?? false }

    /// The slot that fires next; nil while paused and after the end.
    var nextSlot: Timestamp? { isPaused || isSpent ? nil : next }

    /// When to call ``becomeDue(at:_:)``: the next slot and its jitter.
    var wake: Timestamp? {
        guard let slot = nextSlot else { return nil }
        guard spec.jitter > 0 else { return slot }
        let delay = Jitter.delay(name: spec.name, slot: slot, below: spec.jitter)
        return Timestamp(milliseconds: slot.milliseconds + delay)
    }

    // MARK: Steps

    mutating func becomeDue(at now: Timestamp, _ step: inout Step) {
        guard let first = nextSlot, first <= now else { return }
        let count = spec.isPeriodic ? FiringGrid.count(from: first, through: now, period: spec.period) : 1
        let hasGrid = spec.isPeriodic && spec.options.spacing == .grid
        next = hasGrid ? FiringGrid.slot(count, from: first, period: spec.period) : nil
        if count == 1 {
            if now.milliseconds - first.milliseconds > spec.grace { counters.misfires += 1 }
            offer(Due(slot: first, isUnscheduled: false), &step)
        } else {
            follow(FiringPlan(first: first, count: count, period: spec.period, at: now, options: spec.options), &step)
        }
    }

    /// - Parameter outcome: nil when the firing was cancelled.
    mutating func finish(_ firing: Due, _ outcome: FireOutcome?, at now: Timestamp, _ step: inout Step) {
        running -= 1
        count(outcome, isUnscheduled: firing.isUnscheduled)
        if next == nil, running == 0, spec.isPeriodic {
            next = Timestamp(milliseconds: now.milliseconds + spec.period)
        }
        if running == 0, let due = backlog.popFirst() {
            counters.late += 1
            fire(due, &step)
        }
    }

    /// Fires outside the schedule: the slots, `max_runs` and a pause are left alone.
    mutating func runNow(at now: Timestamp, _ step: inout Step) -> ManualFiring {
        let due = Due(slot: now, isUnscheduled: true)
        let before = running
        offer(due, &step)
        return running > before ? .started : backlog.last == due ? .queued : .refused
    }

    /// Fires what an earlier process had begun, whatever runs: the slots, `max_runs` and a pause are left alone.
    mutating func takeUp(_ slot: Timestamp, _ step: inout Step) {
        fire(Due(slot: slot, isUnscheduled: true), &step)
    }

    /// Nothing scheduled fires until ``resume(at:)``; what waits is dropped, what runs goes on.
    mutating func pause() {
        isPaused = true
        dropScheduledBacklog()
    }

    /// Slots that passed during the pause are gone, except the only one of `after` and `at`, which then fires late.
    mutating func resume(at now: Timestamp) {
        guard isPaused else { return }
        isPaused = false
        failuresInARow = 0
        guard spec.isPeriodic, let slot = next, slot <= now else { return }
        let missed = FiringGrid.count(from: slot, through: now, period: spec.period)
        next = FiringGrid.slot(missed, from: slot, period: spec.period)
    }

    // MARK: Parts of steps

    private mutating func follow(_ plan: FiringPlan, _ step: inout Step) {
        counters.misfires += plan.misfires
        counters.skipped += plan.skipped
        counters.dropped += plan.dropped
        for (index, slot) in plan.slots.enumerated() {
            let due = Due(slot: slot, isUnscheduled: false)
            if isSpent {
                counters.dropped += 1
            } else if index > 0, spec.options.overlap != .allowAll {
                append(due)
            } else {
                offer(due, &step)
            }
        }
    }

    private mutating func offer(_ due: Due, _ step: inout Step) {
        let overlap = spec.options.overlap
        if running == 0 || (overlap == .allowAll && running < TriggerLimits.concurrentMax) {
            fire(due, &step)
            return
        }
        switch overlap {
        case .skip: counters.skipped += 1
        case .allowAll: counters.dropped += 1
        case .bufferAll: append(due)
        case .bufferOne: keepOnly(due)
        case .cancelOther:
            step.cancelsRunning = true
            keepOnly(due)
        }
    }

    private mutating func append(_ due: Due) {
        if backlog.count < TriggerLimits.backlogMax { backlog.append(due) } else { counters.dropped += 1 }
    }

    private mutating func keepOnly(_ due: Due) {
        if backlog.popLast() != nil { counters.skipped += 1 }
        backlog.append(due)
    }

    private mutating func fire(_ due: Due, _ step: inout Step) {
        running += 1
        counters.firings += 1
        guard !due.isUnscheduled else { return step.firings.append(due) }
        runs += 1
        step.firings.append(Due(slot: due.slot, isUnscheduled: false, run: spec.countsRuns ? runs : nil))
        if isSpent { dropScheduledBacklog() }
    }

    private mutating func count(_ outcome: FireOutcome?, isUnscheduled: Bool) {
        switch outcome {
        case .completed: failuresInARow = 0
        case .failed:
            counters.failures += 1
            failuresInARow += 1
            if let limit = spec.options.pauseOnFailure, failuresInARow >= limit, !isPaused { pause() }
        case .slotTaken:
            counters.firings -= 1
            counters.skipped += 1
            if !isUnscheduled { runs -= 1 }
        case nil: break
        }
    }

    private mutating func dropScheduledBacklog() {
        guard !backlog.isEmpty else { return }
        let count = backlog.count
        backlog.removeAll { !$0.isUnscheduled }
        counters.dropped += count - backlog.count
    }
}
