/// A definition with what the loop asks of it most, in milliseconds. Shared by reference: thousands of firings pass it along.
final class TriggerSpec: Sendable {
    let definition: TriggerDefinition
    /// Zero for schedules that fire once.
    let period: Int64
    let grace: Int64
    /// Jitter never moves a firing past the following slot.
    let jitter: Int64
    let isDurable: Bool
    /// Whether the trigger waits for a date instead of counting from its start.
    let livesByWallClock: Bool
    /// What is compared over a restart.
    let timing: String
    /// Whether firings are counted for good. The others that end fire once by themselves.
    let countsRuns: Bool

    init(_ definition: TriggerDefinition) {
        let options = definition.options
        self.definition = definition
        isDurable = definition.schedule.isDurable
        timing = "\(definition.schedule) \(options.timing)"
        grace = options.misfire.grace.wholeMilliseconds
        switch definition.schedule {
        case .every(let length):
            period = length.wholeMilliseconds
            jitter = min(options.jitter.wholeMilliseconds, period)
            livesByWallClock = false
            countsRuns = options.maxRuns != nil
        case .after, .at:
            period = 0
            countsRuns = false
            jitter = options.jitter.wholeMilliseconds
            if case .at = definition.schedule { livesByWallClock = true } else { livesByWallClock = false }
        }
    }

    var name: String { definition.name }
    var options: TriggerOptions { definition.options }
    var isPeriodic: Bool { period > 0 }

    /// Whether a reload that replaces this by `other` leaves the trigger's phase, counters and pause alone.
    func hasSameTiming(as other: TriggerDefinition) -> Bool {
        name == other.name && definition.schedule == other.schedule && options == other.options
    }
}
