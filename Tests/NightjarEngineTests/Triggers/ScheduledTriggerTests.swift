import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct ScheduledTriggerTests {
    private let clock = VirtualClock()
    private let log = Recorder<Int>()
    private let lines = InMemoryLogHandler()

    /// Runs one trigger for some seconds, in the clock's executor.
    private func run(_ trigger: ScheduledTrigger, seconds: Int) async throws {
        let runner = TriggerRunner(
            triggers: [trigger], connection: RecordingConnection(), clock: .virtual(clock),
            logger: Logger(label: "test") { _ in lines }, executor: clock.executor)
        try await clock.run {
            try runner.start()
            await clock.settle()
            await clock.advance(by: .seconds(seconds))
            await runner.stop()
        }
    }

    private func note() { log.add(Int(clock.now.offset.seconds)) }

    @Test func `item 9: the first firing comes after one period, and an error does not end the ticking`() async throws {
        let trigger = try ScheduledTrigger.every(.seconds(10), name: "flaky") { _ in
            note()
            throw Boom()
        }
        try await run(trigger, seconds: 35)
        #expect(log.all == [10, 20, 30])
        #expect(lines.entries.count { $0.metadata["trigger.name"] == "flaky" } == 3)
    }

    @Test(arguments: [(13, [10, 23, 36, 49]), (25, [10, 35, 60, 85]), (3, [10, 20, 30, 40])])
    func `item 10: missed ticks are one late tick, then the grid`(_ handler: Int, _ firings: [Int]) async throws {
        let trigger = try ScheduledTrigger.every(.seconds(10), name: "slow") { context in
            note()
            try await context.clock.sleep(for: .seconds(handler))
        }
        try await run(trigger, seconds: firings[3])
        #expect(log.all == firings)
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .nanoseconds(1), .seconds(1e13)])
    func `item 11: a period that no timer can keep is refused at construction`(_ period: Duration) {
        let error = #expect(throws: TriggerError.self) { try ScheduledTrigger.every(period, name: "never") { _ in } }
        #expect(error?.code == .invalid)
        #expect(error?.message.contains("\"never\"") == true)
        #expect(throws: TriggerError.self) { try ScheduledTrigger.after(period, name: "never") { _ in } }
    }

    @Test func `after fires once`() async throws {
        try await run(try .after(.seconds(5), name: "once") { _ in note() }, seconds: 60)
        #expect(log.all == [5])
    }

    @Test func `at fires once when the wall clock shows the moment`() async throws {
        let moment = EngineClock.virtual(clock).now + .seconds(100)
        try await run(.at(moment, name: "once") { _ in note() }, seconds: 300)
        #expect(log.all == [100])
    }

    @Test func `a grid whose multiples no floating point number holds is never missed or met twice`() async throws {
        let trigger = try ScheduledTrigger.every(.nanoseconds(333_333_333), name: "thirds") { _ in note() }
        try await run(trigger, seconds: 1000)
        #expect(log.count == 3000)
    }
}
