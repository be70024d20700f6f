/// What one trigger did since the process started; the words are explained at ``TriggerSummary``.
struct TriggerCounters: Sendable, Equatable {
    var firings = 0
    var failures = 0
    var skipped = 0
    var dropped = 0
    var misfires = 0
    var late = 0
}
