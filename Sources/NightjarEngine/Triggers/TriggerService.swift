internal import DequeModule
public import Logging
public import ServiceLifecycle
internal import Synchronization

/// Fires the triggers of the scripts: one loop over all of them, which sleeps until the next is due.
///
/// Due firings go to workers, child tasks that perform one after the other until none waits. The loop adds workers as long as
/// firings wait, so handlers that wait hold up nobody, and a burst of quick ones costs a few tasks instead of thousands.
///
/// **Time.** Slots are dates, but the waiting goes by the steady clock. When the wall clock is set while the process runs,
/// `every` and `after` keep their rhythm, and their slots are dated as if it had not been set; the next process takes the grid up
/// again from the last claimed slot. `at` follows the wall clock, within ``TriggerLimits/wallClockCheck``.
///
/// **Reload.** See ``reconcile(with:)``. A firing that runs keeps the definition it began with.
///
/// **End.** When ``run()`` is cancelled or the process shuts down gracefully, nothing more is fired, all handlers are cancelled, and
/// `run` returns when they have ended.
public final class TriggerService: Service {
    /// Performs one firing; it claims a durable slot in the store. Throwing counts as a failure.
    public typealias Fire =
        @Sendable (
            _ trigger: TriggerDefinition, _ slot: TriggerSlot, _ isDurable: Bool
        ) async throws -> FireOutcome

    struct State {
        var table: TriggerTable
        /// Firings that wait for a worker.
        var queue = Deque<TriggerFiring>()
        /// Wakes the loop while it runs.
        var loop: AsyncStream<Void>.Continuation?
        var isStopping = false
        /// How to cancel a firing that waits or runs, by its number; only those of `cancel_other` can be.
        var cancelSignals: [Int: CancelSignal] = [:]
    }

    let state: Mutex<State>
    let clock: EngineClock
    let logger: Logger
    let fire: Fire
    let hooks: Hooks
    /// Whether the store has to learn something of a trigger.
    let hasUnsaved = Atomic<Bool>(false)

    /// What its owner does when a firing leads to more than its own end.
    public struct Hooks: Sendable {
        /// A firing that ran was stopped for the one that takes its place: it is over, and must not run again at the next start.
        public var didStop: @Sendable (TriggerSlot) async -> Void
        /// Failures have paused a trigger: time to save what changed.
        public var didPause: @Sendable () async -> Void

        public init(
            didStop: @escaping @Sendable (TriggerSlot) async -> Void = { _ in },
            didPause: @escaping @Sendable () async -> Void = {}
        ) {
            self.didStop = didStop
            self.didPause = didPause
        }
    }

    /// - Parameters:
    ///   - initialSlots: the last claimed slot of each trigger, from the store. `every` continues its grid from there with one
    ///     late firing at most, unless its `misfire` option says otherwise; an `at` whose slot is claimed does not fire again.
    ///   - memories: the pauses and runs of an earlier process; they count for triggers that are declared as they were then.
    ///   - fire: called for each firing, many at once.
    public init(
        initialSlots: [String: Timestamp] = [:], memories: [TriggerMemory] = [], clock: EngineClock = .system, logger: Logger,
        hooks: Hooks = Hooks(), fire: @escaping Fire
    ) {
        state = Mutex(State(table: TriggerTable(clock, lastClaimed: initialSlots, memories: memories)))
        self.hooks = hooks
        self.clock = clock
        self.logger = logger
        self.fire = fire
    }

    /// What taking over a new generation's triggers would do; nothing changes until ``carryOut(_:)``.
    public struct Plan: Sendable {
        let definitions: [TriggerDefinition]
        let moment: Timestamp
        /// What ``reconcile(with:)`` returns.
        public let anchors: [TriggerSlot]
    }

    /// - Throws: ``TriggerError`` with code `invalid`.
    public func plan(for definitions: [TriggerDefinition]) throws(TriggerError) -> Plan {
        try TriggerDefinition.validate(definitions)
        return state.withLock { state in
            let moment = state.table.moment(atUptime: clock.uptime)
            return Plan(definitions: definitions, moment: moment, anchors: state.table.anchors(of: definitions, at: moment))
        }
    }

    /// Takes over the triggers as of when they were planned, so that their grids begin at the plan's anchors.
    public func carryOut(_ plan: Plan) {
        change { table, _ in _ = table.reconcile(with: plan.definitions, at: plan.moment) }
    }

    /// Takes over the triggers of a new generation of scripts, in one step.
    ///
    /// A trigger with the same name, schedule and options keeps its phase, its counters and its pause, and gets the new handler. One
    /// that changed starts anew. One that is gone fires no more; its running handler ends by itself, and ``run()`` waits for it.
    ///
    /// - Returns: slots for the caller to claim in the store without firing anything: where the grids of new durable triggers
    ///   begin. Without them a trigger whose period is longer than the process lives would start over each time and never fire.
    /// - Throws: ``TriggerError`` with code `invalid`; then nothing has changed.
    @discardableResult
    public func reconcile(with definitions: [TriggerDefinition]) throws(TriggerError) -> [TriggerSlot] {
        let plan = try plan(for: definitions)
        carryOut(plan)
        return plan.anchors
    }

    /// Fires nothing of this trigger's schedule until ``resume(_:)``. What runs goes on; what waits is dropped.
    /// A pause outlives the process once it is saved: see ``takeUnsaved()``.
    /// - Throws: ``TriggerError`` with code `unknown`.
    public func pause(_ name: String) throws(TriggerError) {
        try change { table, now throws(TriggerError) in try table.pause(name, at: now) }
    }

    /// Ends a pause: `every` goes on with the next slot of its grid; `after` and `at` fire at once if their moment has passed.
    /// - Throws: ``TriggerError`` with code `unknown`.
    public func resume(_ name: String) throws(TriggerError) {
        try change { table, now throws(TriggerError) in try table.resume(name, at: now) }
    }

    /// Fires a trigger now, paused or not, beside its schedule. The slot is dated now and is not durable.
    /// - Throws: ``TriggerError`` with code `unknown`.
    public func runNow(_ name: String) throws(TriggerError) -> ManualFiring {
        try change { table, now throws(TriggerError) in try table.runNow(name, at: now) }
    }

    /// Runs a firing that an earlier process has begun, beside the schedule: until it ends the trigger counts as running.
    /// - Parameter slot: not durable; it tells whoever fires which one it is.
    /// - Throws: ``TriggerError`` with code `unknown`.
    func takeUp(_ slot: TriggerSlot) throws(TriggerError) {
        try change { table, now throws(TriggerError) in try table.takeUp(slot, at: now) }
    }

    /// What the store has to learn, as it is now. The caller saves it, or calls ``keepUnsaved(_:)``.
    public func takeUnsaved() -> [TriggerMemory] {
        guard hasUnsaved.exchange(false, ordering: .acquiringAndReleasing) else { return [] }
        return state.withLock { $0.table.takeUnsaved() }
    }

    /// What was taken could not be saved.
    public func keepUnsaved(_ memories: [TriggerMemory]) {
        state.withLock { $0.table.keepUnsaved(memories.map(\.trigger)) }
        hasUnsaved.store(true, ordering: .releasing)
    }

    /// Called with every change of the table, inside the lock.
    func noteUnsaved(_ table: TriggerTable) {
        if !table.unsaved.isEmpty { hasUnsaved.store(true, ordering: .releasing) }
    }

    /// All triggers, by name.
    public func list() -> [TriggerSummary] {
        state.withLock { $0.table.summaries() }
    }

    private func change<Result: Sendable, Failure: Error>(
        _ body: (inout TriggerTable, Timestamp) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let (result, loop) = try state.withLock { state throws(Failure) in
            let uptime = clock.uptime
            state.table.observe(wall: clock.now, uptime: uptime)
            defer { noteUnsaved(state.table) }
            return (try body(&state.table, state.table.moment(atUptime: uptime)), state.loop)
        }
        loop?.yield()
        return result
    }
}
