import NightjarEngine
import NightjarTesting
import Testing

/// A process starts with the slots that an earlier one claimed.
@Suite(.timeLimit(.minutes(1))) struct TriggerRestartTests {
    private func firings(
        _ schedule: TriggerSchedule, claimed: Double, _ misfire: TriggerOptions.Misfire = .init(),
        overlap: TriggerOptions.Overlap = .bufferOne, for seconds: Int
    ) async throws -> (slots: [Double], summary: TriggerSummary) {
        let harness = ServiceHarness(initialSlots: ["t": ServiceHarness.moment(claimed)])
        let options = TriggerOptions(overlap: overlap, misfire: misfire)
        try await harness.run([.test(schedule, options)]) { await $0.clock.advance(by: .seconds(seconds)) }
        let slots = harness.slots.all.map { ($0.due - ServiceHarness.start).seconds }
        return (slots, try #require(harness.summary()))
    }

    @Test func `every keeps its grid over a restart`() async throws {
        let result = try await firings(.every(.seconds(3600)), claimed: -600, for: 7200)
        #expect(result.slots == [3000, 6600])
        #expect(result.summary.misfires == 0)
    }

    @Test func `however many slots were missed, one late firing follows, and then the grid`() async throws {
        let result = try await firings(.every(.seconds(3600)), claimed: -36_600, for: 3600)
        #expect(result.slots == [-600, 3000])
        #expect((result.summary.misfires, result.summary.dropped, result.summary.skipped) == (1, 9, 0))
    }

    @Test func `a slot within the grace is on time`() async throws {
        let result = try await firings(.every(.seconds(3600)), claimed: -3650, for: 1)
        #expect(result.slots == [-50])
        #expect(result.summary.misfires == 0)
    }

    @Test(arguments: [
        (TriggerOptions.Misfire.Coalesce.latest, [-600.0], 1, 9), (.earliest, [-7800], 1, 9), (.all, [-7800, -4200, -600], 3, 7),
    ])
    func `catchup_window bounds what is made up for, coalesce chooses`(
        _ coalesce: TriggerOptions.Misfire.Coalesce, _ slots: [Double], _ misfires: Int, _ dropped: Int
    ) async throws {
        let misfire = TriggerOptions.Misfire(coalesce: coalesce, catchupWindow: .seconds(7900))
        let result = try await firings(.every(.seconds(3600)), claimed: -36_600, misfire, for: 10)
        #expect(result.slots == slots)
        #expect((result.summary.misfires, result.summary.dropped) == (misfires, dropped))
    }

    @Test func `misfires older than the window are all dropped`() async throws {
        let misfire = TriggerOptions.Misfire(catchupWindow: .seconds(300))
        let result = try await firings(.every(.seconds(3600)), claimed: -36_600, misfire, for: 10)
        #expect(result.slots == [])
        #expect(result.summary.dropped == 10)
    }

    @Test func `coalesce all without a window is still one late firing`() async throws {
        let misfire = TriggerOptions.Misfire(coalesce: .all)
        let result = try await firings(.every(.seconds(3600)), claimed: -36_600, misfire, for: 10)
        #expect(result.slots == [-600])
    }

    @Test func `an at fires once ever`() async throws {
        let claimed = try await firings(.at(ServiceHarness.moment(-100)), claimed: -100, for: 1000)
        #expect(claimed.slots == [])
        let missed = try await firings(.at(ServiceHarness.moment(-100)), claimed: -200, for: 1000)
        #expect(missed.slots == [-100])
        #expect(missed.summary.misfires == 1)
    }

    @Test func `after counts from the start of the process, and short periods from there too`() async throws {
        #expect(try await firings(.after(.seconds(600)), claimed: -500, for: 1000).slots == [600])
        #expect(try await firings(.every(.seconds(30)), claimed: -45, for: 60).slots == [30, 60])
    }

    @Test func `a claimed slot far ahead came from a wrong clock: the grid begins anew`() async throws {
        #expect(try await firings(.every(.seconds(60)), claimed: 1e8, for: 120).slots == [60, 120])
        #expect(try await firings(.every(.seconds(60)), claimed: 30, for: 150).slots == [90, 150])
    }

    @Test func `a period longer than each life of the process fires all the same`() async throws {
        var claimed: [String: Timestamp] = [:]
        var fired = 0
        for life in 0..<5 {
            let clock = VirtualClock()
            let start = ServiceHarness.moment(Double(life) * 7 * 3600)
            let harness = ServiceHarness(
                clock: clock, engineClock: .virtual(clock, startingAt: start), initialSlots: claimed)
            let daily = TriggerDefinition.test(.every(.seconds(24 * 3600)))
            for anchor in try harness.service.reconcile(with: [daily]) { claimed[anchor.trigger] = anchor.due }
            try await harness.run([daily]) { await $0.clock.advance(by: .seconds(7 * 3600)) }
            for slot in harness.slots.all { claimed[slot.trigger] = slot.due }
            fired += harness.log.count
        }
        #expect(fired == 1)
        #expect(claimed == ["t": ServiceHarness.moment(24 * 3600)])
    }
}
