import NightjarEngine
import NightjarTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct TriggerDeterminismTests {
    /// A thousand triggers of all kinds for 15 seconds: everything that happened, in order.
    private func history() async throws -> [String] {
        let overlaps = TriggerOptions.Overlap.allCases
        let triggers = (0..<1000).map { index in
            TriggerDefinition.test(
                "t\(index)", .every(.milliseconds(700 + index * 7 % 4000)),
                TriggerOptions(
                    overlap: overlaps[index % overlaps.count],
                    spacing: index.isMultiple(of: 11) ? .afterCompletion : .grid,
                    jitter: .milliseconds(index % 3 * 100), maxRuns: index.isMultiple(of: 13) ? 5 : nil,
                    pauseOnFailure: 3))
        }
        let harness = ServiceHarness { firing in
            let number = Int(firing.name.dropFirst()) ?? 0
            try await firing.clock.sleep(for: .milliseconds(number * 13 % 3000))
            if number.isMultiple(of: 17) { throw Boom() }
            return .completed
        }
        try await harness.run(triggers) { harness in
            for _ in 0..<15 { await harness.clock.advance(by: .seconds(1)) }
        }
        return harness.log.all + harness.service.list().map { "\($0)" }
    }

    @Test func `a thousand triggers make the same history each time`() async throws {
        let first = try await history()
        let second = try await history()
        #expect(first == second)
        #expect(first.count > 4000)
    }

    @Test func `a thousand triggers of a second miss nothing`() async throws {
        let triggers = (0..<1000).map { TriggerDefinition.test("t\($0)", .every(.seconds(1))) }
        try await ServiceHarness().run(triggers) { harness in
            await harness.clock.advance(by: .seconds(10))
            #expect(harness.log.count == 10_000)
            #expect(harness.service.list().allSatisfy { $0.firings == 10 && $0.skipped == 0 && $0.dropped == 0 })
        }
    }
}
