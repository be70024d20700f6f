import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

/// The numbered promises of the runner; the same numbers stand at the tests of the script triggers.
@Suite(.timeLimit(.minutes(1))) struct TriggerRunnerTests {
    private let clock = VirtualClock()
    private let busy = RecordingConnection(isIdle: false)
    private let log = Recorder<String>()
    private let lines = InMemoryLogHandler()

    private func runner(_ triggers: any Trigger...) -> TriggerRunner {
        TriggerRunner(
            triggers: triggers, connection: busy, clock: .virtual(clock),
            logger: Logger(label: "test") { _ in lines }, executor: clock.executor)
    }

    /// Sends one message, then notes that it got there.
    private func oneShot(_ name: String, _ delivery: TriggerOptions.Delivery) -> TestTrigger {
        TestTrigger(name: name, delivery: delivery) { context in
            try await context.send("ping")
            log.add(name)
        }
    }

    @Test func `item 1: a second start fails with exactly alreadyStarted`() async throws {
        let runner = runner()
        try runner.start()
        let error = #expect(throws: TriggerError.self) { try runner.start() }
        #expect(error?.code == .alreadyStarted)
        await runner.stop()
    }

    @Test func `item 1: it stays started after every trigger has returned`() async throws {
        let runner = runner(oneShot("quick", .immediate))
        try runner.start()
        await busy.waitForSends(1)
        await clock.settle()
        #expect(throws: TriggerError.self) { try runner.start() }
        await runner.stop()
    }

    @Test func `item 2: one runner starts and stops again and again, and a needless stop is nothing`() async throws {
        let runner = runner(oneShot("each time", .immediate))
        await runner.stop()
        for round in 1...2 {
            try runner.start()
            await busy.waitForSends(round)
            await runner.stop()
            await runner.stop()
        }
        #expect(log.count == 2)
    }

    @Test func `item 2: two stops at once both return only when the triggers have ended`() async throws {
        let ending = TestTrigger(name: "slow to end", delivery: .immediate) { context in
            try? await context.clock.sleep(for: .seconds(3600))
            for _ in 0..<50 { await Task.yield() }
            log.add("ended")
        }
        let runner = runner(ending)
        try runner.start()
        await clock.waitForSleepers(1)
        async let first: [String] = stopped(runner)
        async let second: [String] = stopped(runner)
        #expect(await [first, second] == [["ended"], ["ended"]])
    }

    private func stopped(_ runner: TriggerRunner) async -> [String] {
        await runner.stop()
        return log.all
    }

    @Test func `item 3: immediate delivery reaches a busy session, and stop joins`() async throws {
        let runner = runner(oneShot("now", .immediate))
        try runner.start()
        await busy.waitForSends(1)
        await runner.stop()
        #expect(busy.sent == [.init("ping", .immediate)])
        #expect(log.all == ["now"])
    }

    @Test func `item 4: idle delivery waits for the session to be idle, then sends once`() async throws {
        let runner = runner(oneShot("patient", .whenIdle))
        try runner.start()
        await clock.settle()
        #expect(busy.waitingCount == 1)
        #expect(busy.sent.isEmpty && log.all.isEmpty)
        busy.endTurn()
        await busy.waitForSends(1)
        await runner.stop()
        #expect(busy.sent == [.init("ping", .whenIdle)])
        #expect(log.all == ["patient"])
    }

    @Test func `item 5: a failing trigger does not stop its siblings and is logged with its name`() async throws {
        let bad = TestTrigger(name: "bad", delivery: .immediate) { _ in throw Boom() }
        let runner = runner(bad, oneShot("good", .immediate))
        try runner.start()
        await clock.settle()
        await runner.stop()
        #expect(log.all == ["good"])
        let logged = try #require(lines.entries.first { $0.level == .error })
        #expect(logged.metadata["trigger.name"] == "bad")
        #expect(logged.metadata["error"] == "boom")
        #expect(lines.entries.count == 1)
    }

    @Test func `item 6: a trigger that blows up or never ends by itself harms nobody, and stop returns`() async throws {
        let boom = TestTrigger(name: "boom", delivery: .immediate) { _ in throw CancellationError() }
        let endless = TestTrigger(name: "endless", delivery: .immediate) { _ in
            while !Task.isCancelled { await Task.yield() }
            throw Boom()
        }
        let runner = TriggerRunner(
            triggers: [boom, endless, oneShot("good", .immediate)], connection: busy, clock: .virtual(clock),
            logger: Logger(label: "test") { _ in lines })
        try runner.start()
        await busy.waitForSends(1)
        await runner.stop()
        #expect(log.all == ["good"])
        #expect(lines.entries.contains { $0.metadata["trigger.name"] == "boom" })
    }

    @Test func `item 7: drop freezes the count`() async throws {
        try await clock.run {
            var runner: TriggerRunner? = runner(
                try ScheduledTrigger.every(.milliseconds(10), name: "tick") { _ in log.add("tick") })
            try runner?.start()
            await clock.settle()
            for step in 1...4 {
                await clock.advance(by: .milliseconds(10))
                #expect(log.count == step)
            }
            runner = nil
            await clock.advance(by: .milliseconds(100))
            #expect(log.count == 4)
            #expect(clock.sleeperCount == 0)
        }
    }

    @Test func `item 8: stop cancels a trigger parked in sendWhenIdle, and nothing is sent later`() async throws {
        let parked = TestTrigger(name: "parked", delivery: .immediate) { context in
            try await context.sendWhenIdle("late")
            log.add("sent")
        }
        let runner = runner(parked, oneShot("also parked", .whenIdle))
        try runner.start()
        await clock.settle()
        #expect(busy.waitingCount == 2)
        await runner.stop()
        busy.endTurn()
        await clock.settle()
        #expect(busy.sent.isEmpty && log.all.isEmpty && busy.isIdle)
    }

    @Test func `item 8: stop cancels all before it joins any`() async throws {
        let gate = RecordingConnection(isIdle: false)
        let waiting = TestTrigger(name: "waits for the other", delivery: .immediate) { _ in
            await gate.waitForSends(1)
        }
        let opening = TestTrigger(name: "opens when cancelled", delivery: .immediate) { context in
            try? await context.clock.sleep(for: .seconds(3600))
            try await gate.send("open", delivery: .immediate)
        }
        let runner = runner(waiting, opening)
        try runner.start()
        await clock.waitForSleepers(1)
        await runner.stop()
        #expect(gate.sent.count == 1)
    }

    @Test(arguments: TriggerOptions.Delivery.allCases)
    func `the runner enforces the trigger's delivery`(_ delivery: TriggerOptions.Delivery) async throws {
        let runner = runner(oneShot("any", delivery))
        try runner.start()
        await clock.settle()
        #expect(busy.sent == (delivery == .whenIdle ? [] : [.init("ping", delivery)]))
        #expect(busy.interruptedTurns == (delivery == .interrupt ? 1 : 0))
        await runner.stop()
    }

    @Test func `the default delivery is whenIdle, and the context tells whether the session is idle`() async throws {
        struct Plain: Trigger {
            let name = "plain"
            let log: Recorder<String>
            func run(_ context: TriggerContext) async throws { log.add("idle: \(context.isIdle)") }
        }
        #expect(Plain(log: log).delivery == .whenIdle)
        for idle in [false, true] {
            if idle { busy.endTurn() }
            let runner = runner(Plain(log: log))
            try runner.start()
            await clock.settle()
            await runner.stop()
        }
        #expect(log.all == ["idle: false", "idle: true"])
    }
}
