/// Why an agent came to no answer, other than by its model's or a script's fault.
public enum AgentRunError: Error, Sendable, Equatable {
    /// A `pre_*` hook said no, with a reason for the person.
    case refused(String)
    /// The model went on calling tools until the limit.
    case tooManyIterations(Int)
    /// The model's breaker is open; ask again then.
    case breakerOpen(until: Timestamp)
    /// The attempt is not ours any more: somebody cancelled it or took it over.
    case fenceLost
}
