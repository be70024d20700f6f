/// The state machine that every task moves along, in two pure halves.
///
/// Here (attempt, end) gives the change that is to be written; ``TaskRecord``'s steps give the record that a change, a claim, a cancel or
/// a lost lease leaves behind, and every store applies those. Nothing is performed by either: the orchestrator writes the change, and the
/// store's fence decides races between two of them.
public struct TaskLifecycle: Sendable {
    public var policy: RetryPolicy

    public init(policy: RetryPolicy = RetryPolicy()) {
        self.policy = policy
    }

    /// - Parameters:
    ///   - attempt: the one that ended, counted from 1.
    ///   - now: dates the delays.
    ///   - random: from 0 to 1, for the jitter; asked for only when there is some.
    public func change(
        after end: AttemptEnd, of attempt: Int, at now: Timestamp, random: @autoclosure () -> Double
    ) -> TaskChange {
        switch end {
        case .succeeded(let output, let usage):
            return .complete(output: output, usage: usage)
        case .failed(let failure, let isRetryable, let retryAfter, let usage):
            guard isRetryable, attempt <= policy.retriesMax else { return .fail(failure, usage: usage) }
            return .retry(until: now + policy.delay(afterAttempt: attempt, retryAfter: retryAfter, random: random()))
        case .timedOut(let limit, let usage, let trouble):
            let cause = trouble.map { "; \($0)" } ?? ""
            return .fail(TaskFailure(code: "timeout", message: "took longer than \(DurationText.format(limit))\(cause)"), usage: usage)
        case .postponed(let until):
            return .release(until: until)
        case .shutdown:
            return .release(until: nil)
        }
    }
}
