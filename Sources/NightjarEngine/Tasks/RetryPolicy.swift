/// How failed attempts are tried again.
public struct RetryPolicy: Sendable, Equatable {
    /// Attempts after the first.
    public var retriesMax: Int
    /// The wait before the first retry; it doubles each time.
    public var base: Duration
    /// Each wait is this part longer or shorter at most, so that tasks that failed together do not come back together.
    public var jitter: Double
    /// The most a provider's own wish may make us wait.
    public var retryAfterMax: Duration
    /// How many deaths of a process are forgiven that ran a task; the next one fails the task, which is taken for the cause.
    public var lostLeaseCap: Int

    public init(
        retriesMax: Int = 3, base: Duration = .seconds(1), jitter: Double = 0.25, retryAfterMax: Duration = .seconds(60),
        lostLeaseCap: Int = 5
    ) {
        self.retriesMax = retriesMax
        self.base = base
        self.jitter = jitter
        self.retryAfterMax = retryAfterMax
        self.lostLeaseCap = lostLeaseCap
    }

    /// The wait after `attempt` failed: the provider's wish if it has one, else `base × 2^(attempt−1)` with jitter.
    /// - Parameter random: from 0 to 1.
    public func delay(afterAttempt attempt: Int, retryAfter: Duration?, random: Double) -> Duration {
        if let retryAfter { return min(max(retryAfter, .zero), retryAfterMax) }
        let doubled = base * Double(1 << min(max(attempt - 1, 0), 16))
        return doubled * (1 + jitter * (2 * random - 1))
    }
}
