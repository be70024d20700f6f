import Testing

@testable import NightjarEngine

/// Every state against every event.
@Suite struct TaskLifecycleTests {
    typealias Event = TaskLifecycle.Event
    typealias Snapshot = TaskLifecycle.Snapshot
    typealias Transition = TaskLifecycle.Transition

    static let now = Timestamp(milliseconds: 1_000_000)
    static let later = Timestamp(milliseconds: 2_000_000)
    static let failure = TaskFailure(code: "model_error", message: "no")
    static let usage = TokenUsage(input: 3, output: 4)
    static let events: [Event] = [
        .claimed, .succeeded(output: "done", usage: usage), .failed(failure, isRetryable: true, retryAfter: nil, usage: usage),
        .failed(failure, isRetryable: false, retryAfter: nil, usage: usage), .timedOut(after: .seconds(300), usage: usage),
        .cancelled, .postponed(until: later), .shutdown, .leaseLost,
    ]

    private func next(_ task: Snapshot, _ event: Event) -> Transition {
        TaskLifecycle().next(task, event, at: Self.now, random: 0.5)
    }

    @Test(arguments: TaskState.allCases.filter(\.isFinal), events)
    func `Nothing changes a final state`(state: TaskState, event: Event) {
        #expect(next(Snapshot(state: state, attempt: 1), event) == Transition(state: state, actions: []))
    }

    @Test(arguments: events) func `Pending work can be claimed or cancelled`(event: Event) {
        let transition = next(Snapshot(state: .pending), event)
        switch event {
        case .claimed: #expect(transition == Transition(state: .running, actions: [.start]))
        case .cancelled: #expect(transition == Transition(state: .cancelled, actions: [.report]))
        default: #expect(transition == Transition(state: .pending, actions: []))
        }
    }

    @Test func `A success completes`() {
        let transition = next(Snapshot(state: .running, attempt: 1), .succeeded(output: "done", usage: Self.usage))
        #expect(transition == Transition(state: .completed, actions: [.settle(.complete(output: "done", usage: Self.usage)), .report]))
    }

    @Test func `A claim of running work changes nothing`() {
        #expect(next(Snapshot(state: .running, attempt: 1), .claimed) == Transition(state: .running, actions: []))
    }

    @Test(arguments: 1...3) func `A failure that may pass is tried again three times`(attempt: Int) {
        let event = Event.failed(Self.failure, isRetryable: true, retryAfter: nil, usage: Self.usage)
        let until = Self.now + .seconds(1 << (attempt - 1))
        let expected = Transition(state: .pending, actions: [.settle(.retry(until: until)), .requeue])
        #expect(next(Snapshot(state: .running, attempt: attempt), event) == expected)
    }

    @Test func `The fourth failure is the last`() {
        let event = Event.failed(Self.failure, isRetryable: true, retryAfter: nil, usage: Self.usage)
        let expected = Transition(state: .failed, actions: [.settle(.fail(Self.failure, usage: Self.usage)), .report])
        #expect(next(Snapshot(state: .running, attempt: 4), event) == expected)
    }

    @Test func `A failure that will not pass is the last`() {
        let event = Event.failed(Self.failure, isRetryable: false, retryAfter: nil, usage: Self.usage)
        let expected = Transition(state: .failed, actions: [.settle(.fail(Self.failure, usage: Self.usage)), .report])
        #expect(next(Snapshot(state: .running, attempt: 1), event) == expected)
    }

    @Test func `The provider's wish dates the retry`() {
        let event = Event.failed(Self.failure, isRetryable: true, retryAfter: .seconds(20), usage: Self.usage)
        let expected = Transition(state: .pending, actions: [.settle(.retry(until: Self.now + .seconds(20))), .requeue])
        #expect(next(Snapshot(state: .running, attempt: 1), event) == expected)
    }

    @Test func `A timeout fails the task, whatever its attempts`() {
        let failure = TaskFailure(code: "timeout", message: "took longer than 5m")
        let expected = Transition(state: .failed, actions: [.stopWork, .settle(.fail(failure, usage: Self.usage)), .report])
        #expect(next(Snapshot(state: .running, attempt: 1), .timedOut(after: .seconds(300), usage: Self.usage)) == expected)
    }

    @Test func `A cancel of running work stops it`() {
        let expected = Transition(state: .cancelled, actions: [.stopWork, .report])
        #expect(next(Snapshot(state: .running, attempt: 2), .cancelled) == expected)
    }

    @Test func `What is postponed gives its attempt back`() {
        let expected = Transition(state: .pending, actions: [.settle(.release(until: Self.later)), .requeue])
        #expect(next(Snapshot(state: .running, attempt: 2), .postponed(until: Self.later)) == expected)
    }

    @Test func `A shutdown puts the work back`() {
        let expected = Transition(state: .pending, actions: [.stopWork, .settle(.release(until: nil))])
        #expect(next(Snapshot(state: .running, attempt: 2), .shutdown) == expected)
    }

    @Test(arguments: 0..<5) func `Five lost leases are forgiven`(lost: Int) {
        let expected = Transition(state: .pending, actions: [.requeue])
        #expect(next(Snapshot(state: .running, attempt: 1, lostLeases: lost), .leaseLost) == expected)
    }

    @Test func `The sixth lost lease fails the task, as the store does`() throws {
        let transition = next(Snapshot(state: .running, attempt: 1, lostLeases: 5), .leaseLost)
        #expect(transition.state == .failed)
        var task = TaskRecord(
            agent: "a", input: "", address: Address(platform: "p", channel: "c", user: "u"), createdAt: Self.now)
        for _ in 0..<6 {
            task.start(leaseToken: "t", at: Self.now)
            task.loseLease(cap: RetryPolicy().lostLeaseCap, at: Self.now)
        }
        let failure = try #require(task.failure)
        #expect(transition.actions == [.settle(.fail(failure, usage: .zero)), .report])
        #expect(failure.code == "poison")
    }
}
