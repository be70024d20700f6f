extension TriggerTimeline {
    /// A firing that is due.
    struct Due: Sendable, Equatable {
        var slot: Timestamp
        /// Outside the schedule: asked for by a person, or begun by an earlier process.
        var isUnscheduled: Bool
        /// Which one it is of those that `max_runs` counts; set when it fires.
        var run: Int?
    }

    /// What a step asks its caller to do.
    struct Step: Sendable, Equatable {
        var firings: [Due] = []
        /// Cancel what runs; the firing that takes its place follows when it has ended.
        var cancelsRunning = false

        mutating func reset() {
            firings.removeAll(keepingCapacity: true)
            cancelsRunning = false
        }
    }
}
