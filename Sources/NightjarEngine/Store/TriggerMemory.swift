/// What the next process has to know of a trigger, besides its last slot.
public struct TriggerMemory: Sendable, Equatable {
    public var trigger: String
    /// Its schedule and options as text. A trigger that is declared otherwise now starts anew.
    public var timing: String
    /// Scheduled firings so far, counted for `max_runs` only.
    public var runs: Int
    public var isPaused: Bool

    public init(trigger: String, timing: String, runs: Int = 0, isPaused: Bool = false) {
        self.trigger = trigger
        self.timing = timing
        self.runs = runs
        self.isPaused = isPaused
    }

    /// Whether it says no more than a trigger that starts anew.
    public var isBlank: Bool { runs == 0 && !isPaused }
}
