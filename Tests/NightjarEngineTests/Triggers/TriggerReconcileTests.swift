import Logging
import NightjarEngine
import NightjarTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct TriggerReconcileTests {
    private let every10 = TriggerDefinition.test("kept", .every(.seconds(10)))

    @Test func `an unchanged trigger keeps phase, counters and pause`() async throws {
        let paused = TriggerDefinition.test("paused", .every(.seconds(10)))
        try await ServiceHarness().run([every10, paused]) { harness in
            await harness.clock.advance(by: .seconds(14))
            try harness.service.pause("paused")
            for _ in 0..<3 {
                try harness.service.reconcile(with: [paused, every10])
                await harness.clock.advance(by: .seconds(2))
            }
            #expect(harness.times("kept") == ["10", "20"])
            #expect(harness.times("paused") == ["10"])
            #expect(harness.summary("kept")?.firings == 2)
            #expect(harness.summary("paused")?.isPaused == true)
        }
    }

    @Test func `an unchanged trigger runs its new handler, and what runs keeps the old one`() async throws {
        let seen = Recorder<String>()
        let clock = VirtualClock()
        let engineClock = EngineClock.virtual(clock)
        let service = TriggerService(clock: engineClock, logger: .init(label: "test")) { trigger, _, _ in
            try await engineClock.sleep(for: .seconds(5))
            seen.add(trigger.agent ?? "none")
            return .completed
        }
        try await clock.run {
            var definition = every10
            definition.agent = "old"
            try service.reconcile(with: [definition])
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await service.run() }
                await clock.advance(by: .seconds(12))
                definition.agent = "new"
                #expect(throws: Never.self) { try service.reconcile(with: [definition]) }
                await clock.advance(by: .seconds(13))
                #expect(seen.all == ["old", "new"])
                group.cancelAll()
            }
        }
    }

    @Test func `a plan changes nothing until it is carried out, and then its grids begin at its anchors`() async throws {
        let slow = TriggerDefinition.test("slow", .every(.seconds(600)))
        try await ServiceHarness().run([every10]) { harness in
            await harness.clock.advance(by: .seconds(5))
            let plan = try harness.service.plan(for: [slow])
            #expect(plan.anchors == [TriggerSlot(trigger: "slow", due: ServiceHarness.moment(5))])
            await harness.clock.advance(by: .seconds(15))
            #expect(harness.times("kept") == ["10", "20"])
            harness.service.carryOut(plan)
            await harness.clock.advance(by: .seconds(600))
            #expect(harness.times("kept") == ["10", "20"])
            #expect(harness.times("slow") == ["605"])
        }
    }

    @Test func `a changed trigger starts anew`() async throws {
        try await ServiceHarness().run([every10]) { harness in
            await harness.clock.advance(by: .seconds(14))
            try harness.service.reconcile(with: [.test("kept", .every(.seconds(7)))])
            await harness.clock.advance(by: .seconds(14))
            #expect(harness.times("kept") == ["10", "21", "28"])
            #expect(harness.summary("kept")?.firings == 2)
            try harness.service.reconcile(with: [.test("kept", .every(.seconds(7)), TriggerOptions(overlap: .skip))])
            #expect(harness.summary("kept")?.firings == 0)
        }
    }

    @Test func `a removed trigger fires no more, its handler ends by itself, and what waited is gone`() async throws {
        let ended = Recorder<String>()
        let harness = ServiceHarness { firing in
            try await firing.clock.sleep(for: .seconds(15))
            ended.add(firing.name)
            return .completed
        }
        try await harness.run([every10]) { harness in
            await harness.clock.advance(by: .seconds(21))
            try harness.service.reconcile(with: [])
            await harness.clock.advance(by: .seconds(100))
            #expect(harness.times("kept") == ["10"])
            #expect(ended.all == ["kept"])
            #expect(harness.service.list().isEmpty)
            #expect(harness.clock.sleeperCount == 0)
        }
    }

    @Test func `a firing that was asked for and has not begun goes with its trigger`() async throws {
        try await ServiceHarness().run([every10]) { harness in
            let answer = try harness.service.runNow("kept")
            try harness.service.reconcile(with: [])
            await harness.clock.settle()
            #expect(answer == .started)
            #expect(harness.log.count == 0)
        }
    }

    @Test func `the end of an old handler does not touch the trigger that took its name`() async throws {
        let harness = ServiceHarness { firing in
            try await firing.clock.sleep(for: .seconds(15))
            return .failed
        }
        try await harness.run([every10]) { harness in
            await harness.clock.advance(by: .seconds(11))
            try harness.service.reconcile(with: [.test("other", .every(.seconds(100))), .test("kept", .every(.seconds(100)))])
            await harness.clock.advance(by: .seconds(20))
            for name in ["kept", "other"] {
                #expect(harness.summary(name)?.failures == 0)
                #expect(harness.summary(name)?.firings == 0)
            }
        }
    }

    @Test func `a reload with an earlier trigger wakes the loop in time`() async throws {
        try await ServiceHarness().run([.test("late", .every(.seconds(1000)))]) { harness in
            try harness.service.reconcile(with: [.test("late", .every(.seconds(1000))), .test("soon", .every(.seconds(1)))])
            await harness.clock.advance(by: .seconds(2))
            #expect(harness.log.all == ["soon@1", "soon@2"])
        }
    }

    @Test func `a moment that has fired does not fire again when it is removed and declared again`() async throws {
        let moment = TriggerDefinition.test("once", .at(ServiceHarness.moment(30)))
        try await ServiceHarness().run([moment]) { harness in
            await harness.clock.advance(by: .seconds(31))
            try harness.service.reconcile(with: [])
            try harness.service.reconcile(with: [moment])
            await harness.clock.advance(by: .seconds(100))
            #expect(harness.times("once") == ["30"])
        }
    }

    @Test func `new durable grids are handed out to be claimed, once`() throws {
        let harness = ServiceHarness(initialSlots: ["known": ServiceHarness.moment(-600)])
        let triggers: [TriggerDefinition] = [
            .test("known", .every(.seconds(3600))), .test("new", .every(.seconds(3600))), .test("short", .every(.seconds(1))),
            .test("moment", .at(ServiceHarness.moment(100))),
        ]
        let anchors = try harness.service.reconcile(with: triggers)
        #expect(anchors == [TriggerSlot(trigger: "new", due: ServiceHarness.moment(0))])
        #expect(try harness.service.reconcile(with: triggers).isEmpty)
    }
}
