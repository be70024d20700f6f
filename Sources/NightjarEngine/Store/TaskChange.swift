/// What may happen to a running attempt.
///
/// `usage` is the task's total over all its attempts.
public enum TaskChange: Sendable, Equatable {
    case complete(output: String, usage: TokenUsage)
    case fail(TaskFailure, usage: TokenUsage)
    /// Back to pending after a failure, due at `until`; the attempt is spent.
    case retry(until: Timestamp)
    /// Back to pending with the attempt given back and no error recorded: a clean shutdown, or an open breaker until `until`.
    case release(until: Timestamp?)
    /// Back to pending as if it had not been started: nothing of the attempt was begun.
    case withdraw
}
