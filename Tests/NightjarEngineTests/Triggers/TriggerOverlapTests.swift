import NightjarEngine
import NightjarTesting
import Testing

/// Period 10 s and a handler of 25 s, under each word for overlap and spacing.
@Suite(.timeLimit(.minutes(1))) struct TriggerOverlapTests {
    private let ended = Recorder<String>()

    private func harness(handler: Duration = .seconds(25)) -> ServiceHarness {
        ServiceHarness { [ended] firing in
            do {
                try await firing.clock.sleep(for: handler)
                ended.add("completed")
            } catch {
                ended.add("cancelled")
                throw error
            }
            return .completed
        }
    }

    private func options(_ overlap: TriggerOptions.Overlap) -> TriggerOptions { TriggerOptions(overlap: overlap) }

    @Test func `skip waits for the next slot of the grid`() async throws {
        try await harness().run([.test(.every(.seconds(10)), options(.skip))]) { harness in
            await harness.clock.advance(by: .seconds(75))
            #expect(harness.times() == ["10", "40", "70"])
            #expect(harness.summary()?.skipped == 4)
            #expect(harness.summary()?.late == 0)
        }
    }

    @Test func `buffer_one keeps the latest of the missed slots`() async throws {
        try await harness().run([.test(.every(.seconds(10)), options(.bufferOne))]) { harness in
            await harness.clock.advance(by: .seconds(60))
            #expect(harness.times() == ["10", "35", "60"])
            #expect(harness.slots.all.map(\.due) == [10, 30, 50].map(ServiceHarness.moment))
        }
    }

    @Test func `buffer_all runs every slot, one after the other`() async throws {
        try await harness().run([.test(.every(.seconds(10)), options(.bufferAll))]) { harness in
            await harness.clock.advance(by: .seconds(85))
            #expect(harness.times() == ["10", "35", "60", "85"])
            #expect(harness.slots.all.map(\.due) == [10, 20, 30, 40].map(ServiceHarness.moment))
            #expect(harness.summary()?.skipped == 0)
        }
    }

    @Test func `buffer_all has a bound, and what is over it is dropped and counted`() async throws {
        let days = harness(handler: .seconds(3600 * 24))
        try await days.run([.test(.every(.seconds(10)), options(.bufferAll))]) { harness in
            await harness.clock.advance(by: .seconds(10 * (1 + TriggerLimits.backlogMax + 7)))
            #expect(harness.times() == ["10"])
            #expect(harness.summary()?.dropped == 7)
        }
    }

    @Test func `cancel_other cancels what runs and takes its place when it has ended`() async throws {
        try await harness().run([.test(.every(.seconds(10)), options(.cancelOther))]) { harness in
            await harness.clock.advance(by: .seconds(30))
            #expect(harness.times() == ["10", "20", "30"])
            #expect(ended.all == ["cancelled", "cancelled"])
            await harness.clock.advance(by: .seconds(5))
            #expect(harness.summary()?.failures == 0)
        }
    }

    @Test func `cancel_other leaves a handler alone that is done in time`() async throws {
        try await harness(handler: .seconds(3)).run([.test(.every(.seconds(10)), options(.cancelOther))]) { harness in
            await harness.clock.advance(by: .seconds(35))
            #expect(harness.times() == ["10", "20", "30"])
            #expect(ended.all == ["completed", "completed", "completed"])
        }
    }

    @Test func `allow_all begins each slot on time, up to its limit`() async throws {
        try await harness().run([.test(.every(.seconds(10)), options(.allowAll))]) { harness in
            await harness.clock.advance(by: .seconds(40))
            #expect(harness.times() == ["10", "20", "30", "40"])
        }
        let days = harness(handler: .seconds(3600 * 24))
        try await days.run([.test(.every(.seconds(10)), options(.allowAll))]) { harness in
            await harness.clock.advance(by: .seconds(10 * (TriggerLimits.concurrentMax + 5)))
            #expect(harness.log.count == TriggerLimits.concurrentMax)
            #expect(harness.summary()?.dropped == 5)
        }
    }

    @Test func `after_completion counts the period from the end of the handler`() async throws {
        let spaced = TriggerOptions(spacing: .afterCompletion)
        try await harness().run([.test(.every(.seconds(10)), spaced)]) { harness in
            await harness.clock.advance(by: .seconds(80))
            #expect(harness.times() == ["10", "45", "80"])
            #expect(harness.summary()?.skipped == 0)
        }
    }

    @Test func `max_runs ends the trigger`() async throws {
        try await harness().run([.test(.every(.seconds(10)), TriggerOptions(maxRuns: 2))]) { harness in
            await harness.clock.advance(by: .seconds(200))
            #expect(harness.times() == ["10", "35"])
            #expect(harness.summary()?.next == nil)
        }
    }

    @Test func `max_runs drops what waits beyond it`() async throws {
        try await harness().run([.test(.every(.seconds(10)), TriggerOptions(overlap: .bufferAll, maxRuns: 3))]) { harness in
            await harness.clock.advance(by: .seconds(200))
            // The third run, at 60, takes slot 30; slots 40 and 50 wait then.
            #expect(harness.times() == ["10", "35", "60"])
            #expect(harness.summary()?.dropped == 2)
        }
    }

    @Test func `a slot that was taken counts as skipped and not as a run`() async throws {
        let harness = ServiceHarness { firing in firing.slot == ServiceHarness.moment(60) ? .slotTaken : .completed }
        try await harness.run([.test(.every(.seconds(60)), TriggerOptions(maxRuns: 1))]) { harness in
            await harness.clock.advance(by: .seconds(300))
            #expect(harness.times() == ["60", "120"])
            #expect(harness.summary()?.skipped == 1)
            #expect(harness.summary()?.firings == 1)
        }
    }

    @Test func `pause_on_failure pauses after so many failures in a row, and says so`() async throws {
        let failing: Set<Double> = [10, 30, 40]
        let harness = ServiceHarness { firing in
            failing.contains((firing.slot - ServiceHarness.start).seconds) ? .failed : .completed
        }
        try await harness.run([.test(.every(.seconds(10)), TriggerOptions(pauseOnFailure: 2))]) { harness in
            await harness.clock.advance(by: .seconds(100))
            #expect(harness.times() == ["10", "20", "30", "40"])
            #expect(harness.summary()?.isPaused == true)
            #expect(harness.loggedTriggers == ["t"])
            try harness.service.resume("t")
            await harness.clock.advance(by: .seconds(20))
            #expect(harness.times().suffix(2) == ["110", "120"])
        }
    }

    @Test func `jitter delays each firing by a part of it, never the grid`() async throws {
        let late = TriggerOptions(jitter: .seconds(5))
        try await ServiceHarness().run([.test(.every(.seconds(10)), late)]) { harness in
            await harness.clock.advance(by: .seconds(1000))
            let delays = harness.times().enumerated().map { index, time in (Double(time) ?? .nan) - Double(index + 1) * 10 }
            #expect(delays.count >= 99)
            #expect(delays.allSatisfy { (0..<5).contains($0) })
            #expect(Set(delays).count > 90)
            #expect(harness.slots.all.first?.due == ServiceHarness.moment(10))
            #expect(harness.summary()?.skipped == 0)
        }
    }
}
