internal import HeapModule

/// All triggers and their next moments. Pure: it takes the time as an argument and returns what is to be done.
///
/// One heap holds the next moment of every trigger. An alarm that has become wrong stays in it until it is met, or until the
/// wrong ones outnumber the right ones.
struct TriggerTable: Sendable {
    private var calendar: SteadyCalendar
    /// By place; nil where a trigger was removed.
    private var entries: [TriggerEntry?] = []
    private var freePlaces: [Int] = []
    private var places: [String: Int] = [:]
    private var alarms = Heap<TriggerAlarm>()
    private var lastNumber = 0
    /// How many triggers live by the wall clock.
    private var wallClockTriggers = 0
    /// What the loop has not fetched yet.
    private var ready = TriggerWork()
    /// Reused from step to step, so that a burst allocates nothing for it.
    private var scratch = TriggerTimeline.Step()
    private var lastClaimed: [String: Timestamp]
    private let memories: [String: TriggerMemory]
    /// Triggers of which the store has to learn something.
    private(set) var unsaved: Set<String> = []
    /// The grids and memories of an earlier process count only for the triggers that this one starts with.
    private var isFirstGeneration = true

    init(_ clock: EngineClock, lastClaimed: [String: Timestamp], memories: [TriggerMemory] = []) {
        calendar = SteadyCalendar(clock)
        self.lastClaimed = lastClaimed
        self.memories = Dictionary(memories.map { ($0.trigger, $0) }) { $1 }
    }

    // MARK: Time

    func moment(atUptime uptime: Duration) -> Timestamp { calendar.moment(atUptime: uptime) }

    /// When to look again; nil when nothing will be due by itself.
    func nextWakeUptime(now uptime: Duration) -> Duration? {
        guard let wake = alarms.min?.wake else { return nil }
        let deadline = calendar.uptime(of: wake)
        return wallClockTriggers > 0 ? min(deadline, uptime + TriggerLimits.wallClockCheck) : deadline
    }

    /// Moves the alarms of `at` when the wall clock was set.
    mutating func observe(wall: Timestamp, uptime: Duration) {
        guard calendar.observe(wall: wall, uptime: uptime) else { return }
        for place in places.values { arm(place) }
    }

    // MARK: Reconciling

    /// Takes over the triggers of a new generation of scripts.
    /// - Returns: where the grids of new durable triggers begin; see ``TriggerService/reconcile(with:)``.
    mutating func reconcile(with definitions: [TriggerDefinition], at now: Timestamp) -> [TriggerSlot] {
        let names = Set(definitions.map(\.name))
        for name in places.keys where !names.contains(name) { remove(name) }
        let anchors = definitions.compactMap { replace(with: TriggerSpec($0), at: now) }
        isFirstGeneration = false
        dropStaleAlarms()
        return anchors
    }

    /// What reconciling would return.
    func anchors(of definitions: [TriggerDefinition], at now: Timestamp) -> [TriggerSlot] {
        var copy = self
        return copy.reconcile(with: definitions, at: now)
    }

    private mutating func replace(with spec: TriggerSpec, at now: Timestamp) -> TriggerSlot? {
        if let place = places[spec.name], entries[place]?.spec.hasSameTiming(as: spec.definition) == true {
            entries[place]?.timeline.adopt(spec)
            return nil
        }
        remove(spec.name)
        return add(spec, at: now)
    }

    private mutating func add(_ spec: TriggerSpec, at now: Timestamp) -> TriggerSlot? {
        let claimCounts = spec.livesByWallClock || (isFirstGeneration && spec.isDurable)
        let claimed = claimCounts ? lastClaimed[spec.name] : nil
        let memory = isFirstGeneration ? memories[spec.name] : nil
        let timeline = TriggerTimeline(spec, at: now, lastClaimed: claimed, memory: memory)
        let place = freePlaces.popLast() ?? entries.count
        if place == entries.count { entries.append(nil) }
        entries[place] = TriggerEntry(number: makeNumber(), timeline: timeline)
        places[spec.name] = place
        if spec.livesByWallClock { wallClockTriggers += 1 }
        arm(place)
        guard spec.isPeriodic, spec.isDurable, let first = timeline.next else { return nil }
        let anchor = FiringGrid.slot(-1, from: first, period: spec.period)
        return anchor == claimed ? nil : TriggerSlot(trigger: spec.name, due: anchor)
    }

    private mutating func remove(_ name: String) {
        guard let place = places.removeValue(forKey: name), let entry = entries[place] else { return }
        entries[place] = nil
        freePlaces.append(place)
        ready.firings.removeAll { $0.trigger == entry.number }
        if entry.spec.livesByWallClock { wallClockTriggers -= 1 }
        if !entry.timeline.memory.isBlank { unsaved.insert(name) }
    }

    // MARK: Firing

    /// Takes out what is to be done now, about `limit` firings at most: call it again until it returns nothing.
    mutating func takeDue(at now: Timestamp, limit: Int) -> TriggerWork {
        while ready.firings.count < limit, let alarm = alarms.min, alarm.wake <= now {
            alarms.removeMin()
            guard isValid(alarm) else { continue }
            entries[alarm.place]?.armedFor = nil
            step(alarm.place, at: now) { timeline, now, step in timeline.becomeDue(at: now, &step) }
        }
        dropStaleAlarms()
        defer { ready = TriggerWork() }
        return ready
    }

    /// Takes note of the end of a firing; its trigger may be gone.
    /// - Parameter outcome: nil when it was cancelled.
    mutating func finish(_ firing: TriggerFiring, _ outcome: FireOutcome?, at now: Timestamp) -> FinishEffects {
        let place = firing.place
        if firing.spec.livesByWallClock, !firing.due.isUnscheduled { lastClaimed[firing.spec.name] = firing.due.slot }
        guard entries[place]?.number == firing.trigger, let wasPaused = entries[place]?.timeline.isPaused else {
            return FinishEffects()
        }
        if firing.isCancellable { entries[place]?.cancellable.removeAll { $0 == firing.number } }
        let isRearmed = step(place, at: now) { timeline, now, step in
            timeline.finish(firing.due, outcome, at: now, &step)
        }
        let isPaused = entries[place]?.timeline.isPaused ?? false
        if isPaused != wasPaused { unsaved.insert(firing.spec.name) }
        return FinishEffects(needsLoop: isRearmed || !ready.isEmpty, pausedByFailures: isPaused && !wasPaused)
    }

    // MARK: Memory

    /// Triggers of which the store has to learn something, as they are now.
    mutating func takeUnsaved() -> [TriggerMemory] {
        defer { unsaved = [] }
        return unsaved.sorted().map { name in
            places[name].flatMap { entries[$0]?.timeline.memory } ?? TriggerMemory(trigger: name, timing: "")
        }
    }

    mutating func keepUnsaved(_ names: some Sequence<String>) { unsaved.formUnion(names) }

    // MARK: Control

    mutating func pause(_ name: String, at now: Timestamp) throws(TriggerError) {
        step(try place(of: name), at: now) { timeline, _, _ in timeline.pause() }
        unsaved.insert(name)
        dropStaleAlarms()
    }

    mutating func resume(_ name: String, at now: Timestamp) throws(TriggerError) {
        step(try place(of: name), at: now) { timeline, now, _ in timeline.resume(at: now) }
        unsaved.insert(name)
    }

    mutating func runNow(_ name: String, at now: Timestamp) throws(TriggerError) -> ManualFiring {
        var result = ManualFiring.refused
        step(try place(of: name), at: now) { timeline, now, step in result = timeline.runNow(at: now, &step) }
        return result
    }

    mutating func takeUp(_ slot: TriggerSlot, at now: Timestamp) throws(TriggerError) {
        step(try place(of: slot.trigger), at: now) { timeline, _, step in timeline.takeUp(slot.due, &step) }
    }

    /// By name.
    func summaries() -> [TriggerSummary] {
        entries.compactMap { $0?.summary(calendar) }.sorted { $0.name < $1.name }
    }

    // MARK: Parts

    private func place(of name: String) throws(TriggerError) -> Int {
        guard let place = places[name] else { throw .unknown(name) }
        return place
    }

    private mutating func makeNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Lets a timeline take a step, queues what it asks for and sets its next alarm.
    /// - Returns: whether there is a new alarm.
    @discardableResult
    private mutating func step(
        _ place: Int, at now: Timestamp,
        _ change: (inout TriggerTimeline, Timestamp, inout TriggerTimeline.Step) -> Void
    ) -> Bool {
        scratch.reset()
        entries[place]?.step(at: now, calendar, &scratch, change)
        if scratch.cancelsRunning { ready.cancels += entries[place]?.cancellable ?? [] }
        let wall = calendar.wall(at: now)
        for due in scratch.firings {
            let number = makeNumber()
            guard let firing = entries[place]?.begin(due, number: number, place: place, at: wall) else { continue }
            ready.firings.append(firing)
            // A durable one is counted with its slot.
            if due.run != nil, !firing.isDurable { unsaved.insert(firing.spec.name) }
        }
        return arm(place)
    }

    @discardableResult
    private mutating func arm(_ place: Int) -> Bool {
        let number = lastNumber + 1
        guard case .some(.some(let wake)) = entries[place]?.rearm(number: number, calendar) else { return false }
        lastNumber = number
        alarms.insert(TriggerAlarm(wake: wake, number: number, place: place))
        return true
    }

    private func isValid(_ alarm: TriggerAlarm) -> Bool {
        entries[alarm.place]?.alarm == alarm.number
    }

    private mutating func dropStaleAlarms() {
        while let alarm = alarms.min, !isValid(alarm) { alarms.removeMin() }
        guard alarms.count > 2 * places.count + TriggerLimits.batchMax else { return }
        alarms = Heap(alarms.unordered.filter(isValid))
    }
}
