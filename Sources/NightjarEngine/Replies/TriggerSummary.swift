/// A trigger as `/list triggers`, the API and `nightjar check` show it.
public struct TriggerSummary: Codable, Sendable, Equatable {
    public var name: String
    /// In words: `every 5m`, `after 10m`, `at 2026-12-24T18:00:00.000Z`, `on requests to /hooks/build`.
    public var schedule: String
    /// Where requests fire it; nil for one that a clock fires.
    public var path: String?
    public var isPaused: Bool
    /// No triggers run where this was asked: in `nightjar chat`.
    public var isResting: Bool
    public var next: Timestamp?
    public var last: Timestamp?
    public var firings: Int
    public var failures: Int
    /// Slots that another firing stood in for, because an earlier one still ran, or that were claimed elsewhere.
    public var skipped: Int
    /// Slots given up: too old when the process came back, over a limit, or waiting when the trigger was paused or ended.
    public var dropped: Int
    /// Firings whose slot was missed by more than the grace.
    public var misfires: Int
    /// Firings that began after their slot because an earlier one still ran.
    public var late: Int

    /// A trigger where none fire.
    public init(resting trigger: TriggerDefinition) {
        self.init(
            name: trigger.name, schedule: trigger.schedule.description, isPaused: false, next: nil, last: nil, firings: 0,
            failures: 0, skipped: 0, isResting: true)
    }

    /// A trigger that requests fire, and no clock.
    init(_ trigger: RequestTriggerDefinition, _ counters: RequestTriggerCounters, isResting: Bool) {
        self.init(
            name: trigger.source.name, schedule: "on requests to \(trigger.path)", isPaused: false, next: nil, last: counters.last,
            firings: counters.firings, failures: counters.failures, skipped: 0, isResting: isResting)
        path = trigger.path
    }

    public init(
        name: String, schedule: String, isPaused: Bool, next: Timestamp?, last: Timestamp?, firings: Int, failures: Int,
        skipped: Int, dropped: Int = 0, misfires: Int = 0, late: Int = 0, isResting: Bool = false
    ) {
        self.name = name
        self.schedule = schedule
        self.isPaused = isPaused
        self.isResting = isResting
        self.next = next
        self.last = last
        self.firings = firings
        self.failures = failures
        self.skipped = skipped
        self.dropped = dropped
        self.misfires = misfires
        self.late = late
    }
}
