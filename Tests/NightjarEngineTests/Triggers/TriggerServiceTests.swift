import Logging
import NightjarEngine
import NightjarTesting
import ServiceLifecycle
import Testing

/// The numbered promises, for the triggers of scripts.
@Suite(.timeLimit(.minutes(1))) struct TriggerServiceTests {
    @Test func `item 1: a second run fails with exactly alreadyStarted`() async throws {
        try await ServiceHarness().run([]) { harness in
            let error = await #expect(throws: TriggerError.self) { try await harness.service.run() }
            #expect(error?.code == .alreadyStarted)
        }
    }

    @Test func `item 2: it runs again after it has ended`() async throws {
        let harness = ServiceHarness()
        for seconds in [10, 20] {
            try await harness.run([.test(.every(.seconds(10)))]) { harness in
                await harness.clock.advance(by: .seconds(10))
                #expect(harness.times().last == "\(seconds)")
            }
        }
    }

    @Test func `item 5: a failing trigger is logged with its name, and its siblings fire on`() async throws {
        let harness = ServiceHarness { firing in
            if firing.name == "bad" { throw Boom() }
            return .completed
        }
        try await harness.run([.test("bad", .every(.seconds(10))), .test("good", .every(.seconds(10)))]) { harness in
            await harness.clock.advance(by: .seconds(30))
            #expect(harness.times("good") == ["10", "20", "30"])
            #expect(harness.times("bad") == ["10", "20", "30"])
            #expect(harness.summary("bad")?.failures == 3)
            #expect(harness.summary("good")?.failures == 0)
            #expect(harness.loggedTriggers == ["bad", "bad", "bad"])
        }
    }

    @Test func `item 6: a handler that throws a cancellation of its own counts as a failure`() async throws {
        let harness = ServiceHarness { _ in throw CancellationError() }
        try await harness.run([.test(.every(.seconds(10)))]) { harness in
            await harness.clock.advance(by: .seconds(10))
            #expect(harness.summary()?.failures == 1)
        }
    }

    @Test func `item 7: nothing fires after the end of run`() async throws {
        let harness = ServiceHarness()
        try await harness.run([.test(.every(.milliseconds(10)))]) { harness in
            await harness.clock.advance(by: .milliseconds(40))
            #expect(harness.log.count == 4)
        }
        await harness.clock.advance(by: .milliseconds(100))
        #expect(harness.log.count == 4)
        #expect(harness.clock.sleeperCount == 0)
    }

    @Test func `item 8: the end of run cancels handlers that wait, and joins them`() async throws {
        let ended = Recorder<String>()
        let harness = ServiceHarness { firing in
            defer { ended.add(firing.name) }
            try await firing.clock.sleep(for: .seconds(3600))
            return .completed
        }
        try await harness.run([.test("a", .every(.seconds(10))), .test("b", .every(.seconds(10)))]) { harness in
            await harness.clock.advance(by: .seconds(10))
        }
        #expect(Set(ended.all) == ["a", "b"])
        #expect(harness.summary("a")?.failures == 0)
        #expect(harness.loggedTriggers.isEmpty)
    }

    @Test func `item 8: a firing that waits for its turn does not begin after the end`() async throws {
        let running = Recorder<Task<Void, any Error>>()
        let harness = ServiceHarness { _ in
            for task in running.all { task.cancel() }
            return .completed
        }
        try harness.service.reconcile(with: (1...3).map { .test("t\($0)", .every(.seconds(10))) })
        try await harness.clock.run {
            running.add(Task(executorPreference: harness.clock.executor) { try await harness.service.run() })
            await harness.clock.advance(by: .seconds(10))
            for task in running.all { try await task.value }
        }
        #expect(harness.log.all == ["t1@10"])
        #expect(harness.service.list().allSatisfy { $0.failures == 0 })
    }

    @Test func `item 9: the first firing comes after one period, and failures do not end the ticking`() async throws {
        try await ServiceHarness { _ in .failed }.run([.test(.every(.seconds(10)))]) { harness in
            await harness.clock.advance(by: .milliseconds(9999))
            #expect(harness.times() == [])
            await harness.clock.advance(by: .seconds(21))
            #expect(harness.times() == ["10", "20", "30"])
            #expect(harness.summary()?.failures == 3)
        }
    }

    @Test(arguments: [(13, ["10", "23", "36", "49"]), (25, ["10", "35", "60", "85"]), (3, ["10", "20", "30", "40"])])
    func `item 10: missed ticks are one late tick, then the grid`(_ handler: Int, _ firings: [String]) async throws {
        let harness = ServiceHarness { firing in
            try await firing.clock.sleep(for: .seconds(handler))
            return .completed
        }
        try await harness.run([.test(.every(.seconds(10)))]) { harness in
            await harness.clock.advance(by: .seconds(Int(firings[3]) ?? 0))
            #expect(harness.times() == firings)
            #expect(harness.summary()?.late == (handler > 10 ? 3 : 0))
            #expect(harness.summary()?.skipped == (handler == 25 ? 4 : 0))
        }
    }

    static let wrong: [TriggerDefinition] = [
        .test(.every(.zero)), .test(.every(.seconds(-5))), .test(.every(.microseconds(999))),
        .test(.after(.zero)), .test(.after(.seconds(1e15))), .test(.at(Timestamp(milliseconds: .max))),
        .test(.every(.seconds(1)), TriggerOptions(jitter: .seconds(-1))),
        .test(.every(.seconds(1)), TriggerOptions(misfire: .init(grace: .seconds(1e17)))),
        .test(.every(.seconds(1)), TriggerOptions(maxRuns: 0)),
        .test(.every(.seconds(1)), TriggerOptions(pauseOnFailure: 0)), .test("twin", .after(.seconds(1))),
    ]

    @Test(arguments: wrong)
    func `item 11: what cannot work is refused, and nothing changes`(_ wrong: TriggerDefinition) throws {
        let service = ServiceHarness().service
        try service.reconcile(with: [.test("twin", .every(.seconds(1)))])
        let error = #expect(throws: TriggerError.self) {
            try service.reconcile(with: [.test("twin", .every(.seconds(2))), wrong])
        }
        #expect(error?.code == .invalid)
        #expect(service.list().map(\.schedule) == ["every 1s"])
    }

    @Test func `a graceful shutdown fires no more, cancels the handlers and returns`() async throws {
        let harness = ServiceHarness { firing in
            try await firing.clock.sleep(for: .seconds(3600))
            return .completed
        }
        try harness.service.reconcile(with: [.test(.every(.seconds(10)))])
        let group = ServiceGroup(services: [harness.service], logger: .init(label: "test"))
        async let running: Void = group.run()
        await harness.clock.waitForSleepers(1)
        await harness.clock.advance(by: .seconds(10))
        await harness.log.waitForCount(1)
        await group.triggerGracefulShutdown()
        try await running
        #expect(harness.times() == ["10"])
    }

    @Test func `one sleep serves all triggers`() async throws {
        let triggers = (1...100).map { TriggerDefinition.test("t\($0)", .every(.seconds($0))) }
        try await ServiceHarness().run(triggers) { harness in
            #expect(harness.clock.sleeperCount == 1)
            await harness.clock.advance(by: .seconds(5))
            #expect(harness.clock.sleeperCount == 1)
            #expect(harness.log.count == 5 + 2 + 1 + 1 + 1)
        }
    }

    @Test func `after fires once, and the summary tells what comes and what was`() async throws {
        try await ServiceHarness().run([.test(.after(.seconds(90)))]) { harness in
            #expect(harness.summary()?.next == ServiceHarness.moment(90))
            #expect(harness.summary()?.last == nil)
            await harness.clock.advance(by: .seconds(3600))
            #expect(harness.times() == ["90"])
            let summary = try #require(harness.summary())
            #expect(summary.schedule == "after 1m30s")
            #expect((summary.next, summary.last, summary.firings) == (nil, ServiceHarness.moment(90), 1))
        }
    }

    @Test func `long periods and moments are durable, short ones and delays are not`() async throws {
        let durable = Recorder<String>()
        let harness = ServiceHarness { firing in
            if firing.isDurable { durable.add(firing.name) }
            return .completed
        }
        let triggers: [TriggerDefinition] = [
            .test("minute", .every(.seconds(60))), .test("second", .every(.milliseconds(59_999))),
            .test("delay", .after(.seconds(60))), .test("moment", .at(ServiceHarness.moment(60))),
        ]
        try await harness.run(triggers) { harness in
            await harness.clock.advance(by: .seconds(60))
            #expect(harness.log.count == 4)
            #expect(Set(durable.all) == ["minute", "moment"])
            #expect(harness.slots.all.contains(TriggerSlot(trigger: "moment", due: ServiceHarness.moment(60))))
        }
    }
}
