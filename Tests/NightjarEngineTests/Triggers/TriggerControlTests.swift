import NightjarEngine
import NightjarTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct TriggerControlTests {
    private func slowHarness() -> ServiceHarness {
        ServiceHarness { firing in
            try await firing.clock.sleep(for: .seconds(25))
            return .completed
        }
    }

    @Test func `a paused trigger fires nothing, and goes on with the next slot of its grid`() async throws {
        try await ServiceHarness().run([.test(.every(.seconds(10)))]) { harness in
            await harness.clock.advance(by: .seconds(12))
            try harness.service.pause("t")
            try harness.service.pause("t")
            #expect(harness.summary()?.isPaused == true)
            #expect(harness.summary()?.next == nil)
            await harness.clock.advance(by: .seconds(33))
            #expect(harness.times() == ["10"])
            try harness.service.resume("t")
            #expect(harness.summary()?.next == ServiceHarness.moment(50))
            await harness.clock.advance(by: .seconds(20))
            #expect(harness.times() == ["10", "50", "60"])
        }
    }

    @Test func `a pause drops what waits and lets go on what runs`() async throws {
        try await slowHarness().run([.test(.every(.seconds(10)))]) { harness in
            await harness.clock.advance(by: .seconds(21))
            try harness.service.pause("t")
            await harness.clock.advance(by: .seconds(100))
            #expect(harness.times() == ["10"])
            #expect(harness.summary()?.dropped == 1)
        }
    }

    @Test func `one that fires once and was due during the pause fires when the pause ends`() async throws {
        let triggers: [TriggerDefinition] = [.test("a", .after(.seconds(10))), .test("b", .at(ServiceHarness.moment(20)))]
        try await ServiceHarness().run(triggers) { harness in
            for name in ["a", "b"] { try harness.service.pause(name) }
            await harness.clock.advance(by: .seconds(100))
            #expect(harness.log.count == 0)
            for name in ["a", "b"] { try harness.service.resume(name) }
            await harness.clock.settle()
            #expect(harness.log.all == ["a@100", "b@100"])
        }
    }

    @Test func `run_now fires beside the schedule, paused or not, and is never durable`() async throws {
        let durable = Recorder<Bool>()
        let harness = ServiceHarness { firing in
            durable.add(firing.isDurable)
            return .completed
        }
        try await harness.run([.test(.every(.seconds(60)), TriggerOptions(maxRuns: 1))]) { harness in
            await harness.clock.advance(by: .seconds(5))
            for pauses in [false, true] {
                if pauses { try harness.service.pause("t") }
                let result = try harness.service.runNow("t")
                #expect(result == .started)
                await harness.clock.settle()
            }
            try harness.service.resume("t")
            await harness.clock.advance(by: .seconds(100))
            #expect(harness.times() == ["5", "5", "60"])
            #expect(durable.all == [false, false, true])
        }
    }

    @Test(arguments: [
        (TriggerOptions.Overlap.skip, ManualFiring.refused, ["10"]), (.bufferOne, .queued, ["10", "35"]),
        (.bufferAll, .queued, ["10", "35"]), (.cancelOther, .queued, ["10", "15"]), (.allowAll, .started, ["10", "15"]),
    ])
    func `run_now while a firing runs obeys overlap`(
        _ overlap: TriggerOptions.Overlap, _ result: ManualFiring, _ firings: [String]
    ) async throws {
        try await slowHarness().run([.test(.every(.seconds(10)), TriggerOptions(overlap: overlap, maxRuns: 1))]) { harness in
            await harness.clock.advance(by: .seconds(15))
            let answer = try harness.service.runNow("t")
            #expect(answer == result)
            await harness.clock.advance(by: .seconds(100))
            #expect(harness.times() == firings)
        }
    }

    @Test func `an unknown name is an error that names it`() throws {
        let service = ServiceHarness().service
        let errors = [
            #expect(throws: TriggerError.self) { try service.pause("nope") },
            #expect(throws: TriggerError.self) { try service.resume("nope") },
            #expect(throws: TriggerError.self) { _ = try service.runNow("nope") },
        ]
        for error in errors {
            #expect(error?.code == .unknown)
            #expect(error?.message.contains("\"nope\"") == true)
        }
    }

    @Test func `the list is in the order of the names`() throws {
        let service = ServiceHarness().service
        try service.reconcile(with: ["c", "a", "b"].map { .test($0, .every(.seconds(90))) })
        #expect(service.list().map(\.name) == ["a", "b", "c"])
        #expect(service.list().map(\.schedule) == ["every 1m30s", "every 1m30s", "every 1m30s"])
    }

    @Test func `toggling a pause a thousand times leaves one sleep and the right slots`() async throws {
        try await ServiceHarness().run([.test(.every(.seconds(3600)))]) { harness in
            for _ in 0..<1000 {
                try harness.service.pause("t")
                try harness.service.resume("t")
            }
            await harness.clock.settle()
            #expect(harness.clock.sleeperCount == 1)
            await harness.clock.advance(by: .seconds(7200))
            #expect(harness.times() == ["3600", "7200"])
        }
    }
}
