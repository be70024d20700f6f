import Testing

@testable import NightjarEngine

/// Every end of an attempt, and the record that its change leaves behind.
@Suite struct TaskLifecycleTests {
    static let now = Timestamp(milliseconds: 1_000_000)
    static let later = Timestamp(milliseconds: 2_000_000)
    static let failure = TaskFailure(code: "model_error", message: "no")
    static let usage = TokenUsage(input: 3, output: 4)

    private func change(after end: AttemptEnd, of attempt: Int = 1) -> TaskChange {
        TaskLifecycle().change(after: end, of: attempt, at: Self.now, random: 0.5)
    }

    @Test func `A success completes`() {
        #expect(change(after: .succeeded(output: "done", usage: Self.usage)) == .complete(output: "done", usage: Self.usage))
    }

    @Test(arguments: 1...3) func `A failure that may pass is tried again three times`(attempt: Int) {
        let end = AttemptEnd.failed(Self.failure, isRetryable: true, retryAfter: nil, usage: Self.usage)
        #expect(change(after: end, of: attempt) == .retry(until: Self.now + .seconds(1 << (attempt - 1))))
    }

    @Test func `The fourth failure is the last`() {
        let end = AttemptEnd.failed(Self.failure, isRetryable: true, retryAfter: nil, usage: Self.usage)
        #expect(change(after: end, of: 4) == .fail(Self.failure, usage: Self.usage))
    }

    @Test func `A failure that will not pass is the last`() {
        let end = AttemptEnd.failed(Self.failure, isRetryable: false, retryAfter: nil, usage: Self.usage)
        #expect(change(after: end) == .fail(Self.failure, usage: Self.usage))
    }

    @Test func `The provider's wish dates the retry`() {
        let end = AttemptEnd.failed(Self.failure, isRetryable: true, retryAfter: .seconds(20), usage: Self.usage)
        #expect(change(after: end) == .retry(until: Self.now + .seconds(20)))
    }

    @Test(arguments: [1, 9]) func `A timeout fails the task, whatever its attempts`(attempt: Int) {
        let failure = TaskFailure(code: "timeout", message: "took longer than 5m")
        #expect(change(after: .timedOut(after: .seconds(300), usage: Self.usage), of: attempt) == .fail(failure, usage: Self.usage))
    }

    @Test(arguments: [(AttemptEnd.postponed(until: later), Optional(later)), (.shutdown, nil)])
    func `What is put back gives its attempt back`(end: AttemptEnd, until: Timestamp?) {
        let change = change(after: end, of: 2)
        #expect(change == .release(until: until))
        var task = TaskRecord(
            agent: "a", input: "", address: Address(platform: "p", channel: "c", user: "u"), createdAt: Self.now)
        task.start(leaseToken: "t", at: Self.now)
        task.apply(change, at: Self.now)
        #expect(task.state == .pending)
        #expect(task.attempt == 0)
        #expect(task.delayedUntil == until)
    }
}
