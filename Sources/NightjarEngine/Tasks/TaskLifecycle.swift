/// The one state machine that every task moves along: a pure function from (state, event) to (state, actions).
///
/// It performs nothing. The orchestrator carries the actions out, and the store's fence decides races between two of them.
public struct TaskLifecycle: Sendable {
    /// What the decision depends on.
    public struct Snapshot: Sendable, Equatable {
        public var state: TaskState
        /// The running attempt, counted from 1.
        public var attempt: Int
        public var lostLeases: Int

        public init(state: TaskState, attempt: Int = 0, lostLeases: Int = 0) {
            self.state = state
            self.attempt = attempt
            self.lostLeases = lostLeases
        }
    }

    /// What happened.
    public enum Event: Sendable, Equatable {
        /// A permit and a lease were obtained.
        case claimed
        case succeeded(output: String, usage: TokenUsage)
        case failed(TaskFailure, isRetryable: Bool, retryAfter: Duration?, usage: TokenUsage)
        case timedOut(after: Duration, usage: TokenUsage)
        case cancelled
        /// The model's breaker is open, or the store takes nothing: to be tried again then.
        case postponed(until: Timestamp)
        /// The process is going down in good order.
        case shutdown
        /// The process that ran it died.
        case leaseLost
    }

    /// What is to be done about it.
    public enum Action: Sendable, Equatable {
        /// Start the attempt.
        case start
        /// End the work in progress.
        case stopWork
        /// Write the change under the fence.
        case settle(TaskChange)
        /// Tell the task's address how it ended, in the same step as the change.
        case report
        /// Wake the dispatcher: the task is due again.
        case requeue
    }

    public struct Transition: Sendable, Equatable {
        public var state: TaskState
        public var actions: [Action]
    }

    public var policy: RetryPolicy

    public init(policy: RetryPolicy = RetryPolicy()) {
        self.policy = policy
    }

    /// - Parameters:
    ///   - now: dates the delays.
    ///   - random: from 0 to 1, for the jitter; asked for only when there is some.
    public func next(
        _ task: Snapshot, _ event: Event, at now: Timestamp, random: @autoclosure () -> Double
    ) -> Transition {
        switch task.state {
        case .pending: pending(task, event, at: now)
        case .running: running(task, event, at: now, random: random)
        // A final state is final: whatever comes late changes nothing.
        case .completed, .failed, .cancelled: Transition(state: task.state, actions: [])
        }
    }

    private func pending(_ task: Snapshot, _ event: Event, at now: Timestamp) -> Transition {
        switch event {
        case .claimed: Transition(state: .running, actions: [.start])
        case .cancelled: Transition(state: .cancelled, actions: [.report])
        // Nothing else can happen to work that has not begun.
        case .succeeded, .failed, .timedOut, .postponed, .shutdown, .leaseLost: Transition(state: .pending, actions: [])
        }
    }

    private func running(_ task: Snapshot, _ event: Event, at now: Timestamp, random: () -> Double) -> Transition {
        switch event {
        case .claimed:
            return Transition(state: .running, actions: [])
        case .succeeded(let output, let usage):
            return end(.completed, .complete(output: output, usage: usage))
        case .failed(let failure, let isRetryable, let retryAfter, let usage):
            guard isRetryable, task.attempt <= policy.retriesMax else { return end(.failed, .fail(failure, usage: usage)) }
            let delay = policy.delay(afterAttempt: task.attempt, retryAfter: retryAfter, random: random())
            return Transition(state: .pending, actions: [.settle(.retry(until: now + delay)), .requeue])
        case .timedOut(let limit, let usage):
            let failure = TaskFailure(code: "timeout", message: "took longer than \(DurationText.format(limit))")
            return Transition(
                state: .failed, actions: [.stopWork, .settle(.fail(failure, usage: usage)), .report])
        case .cancelled:
            return Transition(state: .cancelled, actions: [.stopWork, .report])
        case .postponed(let until):
            return Transition(state: .pending, actions: [.settle(.release(until: until)), .requeue])
        case .shutdown:
            return Transition(state: .pending, actions: [.stopWork, .settle(.release(until: nil))])
        case .leaseLost:
            guard task.lostLeases + 1 > policy.lostLeaseCap else {
                return Transition(state: .pending, actions: [.requeue])
            }
            return end(.failed, .fail(.poison(lostLeases: task.lostLeases + 1), usage: .zero))
        }
    }

    private func end(_ state: TaskState, _ change: TaskChange) -> Transition {
        Transition(state: state, actions: [.settle(change), .report])
    }
}
