import NightjarEngine
import Testing

@Suite struct TaskRecordStepsTests {
    private let now = Timestamp(milliseconds: 1_750_000_000_000)
    private var later: Timestamp { now + .seconds(60) }

    private func makeTask(depth: Int = 0) -> TaskRecord {
        TaskRecord(
            agent: "helper", input: "do it", address: Address(platform: "webhook", channel: "#ops", user: "ann"),
            depth: depth, createdAt: now)
    }

    private func makeRunning(depth: Int = 0) -> TaskRecord {
        var task = makeTask(depth: depth)
        task.start(leaseToken: "token", at: now)
        return task
    }

    @Test func aStartCountsTheAttemptAndKeepsTheFirstMoment() {
        var task = makeTask()
        task.delayedUntil = now
        task.start(leaseToken: "one", at: now)
        #expect(task.fence == TaskFence(id: task.id, attempt: 1, leaseToken: "one"))
        #expect(task.delayedUntil == nil)
        task.apply(.retry(until: later), at: now)
        task.start(leaseToken: "two", at: later)
        #expect(task.fence == TaskFence(id: task.id, attempt: 2, leaseToken: "two"))
        #expect(task.startedAt == now)
    }

    @Test func whatGoesBackWaitsWithoutALease() {
        for (change, attempt, due) in [
            (TaskChange.retry(until: later), 1, Optional(later)), (.release(until: nil), 0, nil),
            (.release(until: later), 0, later),
        ] {
            var task = makeRunning()
            task.apply(change, at: now)
            #expect(task.state == .pending)
            #expect(task.attempt == attempt)
            #expect(task.delayedUntil == due)
            #expect(task.leaseToken == nil)
            #expect(task.failure == nil)
            #expect(task.finishedAt == nil)
        }
    }

    @Test func aNestedTaskIsNeverDelayed() {
        var task = makeRunning(depth: 1)
        task.apply(.retry(until: later), at: now)
        #expect(task.state == .pending)
        #expect(task.delayedUntil == nil)
    }

    @Test func everyEndHasItsMomentAndNoLease() {
        let ends: [(TaskState, (inout TaskRecord) -> Void)] = [
            (.completed, { $0.apply(.complete(output: "done", usage: TokenUsage(input: 1)), at: later) }),
            (.failed, { $0.apply(.fail(TaskFailure(code: "x", message: "y"), usage: TokenUsage(input: 1)), at: later) }),
            (.cancelled, { $0.cancel(at: later) }),
            (.failed, { $0.interrupt(at: later) }),
        ]
        for (state, end) in ends {
            var task = makeRunning()
            end(&task)
            #expect(task.state == state)
            #expect(task.finishedAt == later)
            #expect(task.fence == nil)
            #expect(task.leaseToken == nil)
        }
    }

    @Test(arguments: [(0, 0), (0, 5), (4, 5), (5, 5), (6, 5)])
    func lostLeasesAreForgivenUpToTheCap(_ before: Int, _ cap: Int) {
        var task = makeRunning()
        task.lostLeases = before
        task.loseLease(cap: cap, at: later)
        #expect(task.lostLeases == before + 1)
        #expect(task.attempt == 1)
        #expect(task.state == (before < cap ? .pending : .failed))
        #expect(task.failure?.code == (before < cap ? nil : "poison"))
    }

    @Test func aNestedTaskThatLosesItsLeaseIsInterrupted() {
        var task = makeRunning(depth: 2)
        task.loseLease(cap: 5, at: later)
        #expect(task.state == .failed)
        #expect(task.failure?.code == "interrupted")
    }
}
