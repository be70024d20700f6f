/// A trigger in the ``TriggerTable``.
struct TriggerEntry: Sendable {
    /// Tells it from others that have had its place.
    let number: Int
    var timeline: TriggerTimeline
    /// Its valid alarm: the moment, nil when it has none, and the number.
    var armedFor: Timestamp?
    var alarm = 0
    /// Numbers of running firings that can be cancelled.
    var cancellable: [Int] = []
    /// When it last fired, as the wall clock showed it.
    var last: Timestamp?

    init(number: Int, timeline: TriggerTimeline) {
        self.number = number
        self.timeline = timeline
    }

    var spec: TriggerSpec { timeline.spec }

    mutating func step(
        at now: Timestamp, _ calendar: SteadyCalendar, _ step: inout TriggerTimeline.Step,
        _ change: (inout TriggerTimeline, Timestamp, inout TriggerTimeline.Step) -> Void
    ) {
        change(&timeline, spec.livesByWallClock ? calendar.wall(at: now) : now, &step)
    }

    mutating func begin(_ due: TriggerTimeline.Due, number: Int, place: Int, at wall: Timestamp) -> TriggerFiring {
        last = wall
        let firing = TriggerFiring(number: number, place: place, trigger: self.number, spec: spec, due: due)
        if firing.isCancellable { cancellable.append(number) }
        return firing
    }

    /// - Returns: the moment to set an alarm for under `number`, or nil when there is none to set.
    mutating func rearm(number: Int, _ calendar: SteadyCalendar) -> Timestamp? {
        let wake = spec.livesByWallClock ? timeline.wake.map(calendar.moment(atWall:)) : timeline.wake
        guard wake != armedFor else { return nil }
        armedFor = wake
        alarm = number
        return wake
    }

    func summary(_ calendar: SteadyCalendar) -> TriggerSummary {
        let counters = timeline.counters
        return TriggerSummary(
            name: spec.name, schedule: spec.definition.schedule.description, isPaused: timeline.isPaused,
            next: spec.livesByWallClock ? timeline.wake : timeline.wake.map(calendar.wall), last: last,
            firings: counters.firings, failures: counters.failures, skipped: counters.skipped,
            dropped: counters.dropped, misfires: counters.misfires, late: counters.late)
    }
}
