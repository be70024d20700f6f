/// How an attempt ended, as far as it was for the attempt to say. A cancel and a lost lease are not here: the store decides those.
public enum AttemptEnd: Sendable, Equatable {
    case succeeded(output: String, usage: TokenUsage)
    case failed(TaskFailure, isRetryable: Bool, retryAfter: Duration?, usage: TokenUsage)
    /// - Parameter trouble: what the model failed with meanwhile, with its name; nil when it did not.
    case timedOut(after: Duration, usage: TokenUsage, trouble: String? = nil)
    /// The model's breaker is open, or the store takes nothing: to be tried again then.
    case postponed(until: Timestamp)
    /// The process is going down in good order.
    case shutdown
}
