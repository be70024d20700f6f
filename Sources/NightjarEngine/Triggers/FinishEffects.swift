/// What the end of a firing leads to.
struct FinishEffects: Sendable, Equatable {
    /// The loop has something to start, or a new moment to wait for.
    var needsLoop = false
    /// This was the failure that paused the trigger.
    var pausedByFailures = false
}
