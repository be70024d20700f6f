import NightjarEngine
import NightjarTesting
import Synchronization
import Testing

/// The wall clock is set while the process runs.
@Suite(.timeLimit(.minutes(1))) struct TriggerWallClockTests {
    /// A wall clock that can be set.
    private final class Wall: Sendable {
        let jump = Mutex(Duration.zero)
        func set(ahead: Duration) { jump.withLock { $0 = ahead } }
    }

    private func run(
        _ triggers: [TriggerDefinition], _ body: @Sendable (ServiceHarness, Wall) async throws -> Void
    ) async throws {
        let clock = VirtualClock()
        let wall = Wall()
        let engineClock = EngineClock(clock) { ServiceHarness.start + clock.now.offset + wall.jump.withLock { $0 } }
        try await ServiceHarness(clock: clock, engineClock: engineClock).run(triggers) { try await body($0, wall) }
    }

    @Test(arguments: [Duration.seconds(3600), .seconds(-3600)])
    func `every and after keep their rhythm, and the summary shows the new date`(_ jump: Duration) async throws {
        try await run([.test("e", .every(.seconds(100))), .test("a", .after(.seconds(250)))]) { harness, wall in
            await harness.clock.advance(by: .seconds(150))
            wall.set(ahead: jump)
            await harness.clock.advance(by: .seconds(150))
            #expect(harness.log.all == ["e@100", "e@200", "a@250", "e@300"])
            #expect(harness.slots.all.last?.due == ServiceHarness.moment(300))
            #expect(harness.summary("e")?.next == ServiceHarness.moment(400) + jump)
        }
    }

    @Test func `at fires soon after the wall clock was set past its moment`() async throws {
        try await run([.test(.at(ServiceHarness.moment(7200)))]) { harness, wall in
            await harness.clock.advance(by: .seconds(90))
            wall.set(ahead: .seconds(7200))
            await harness.clock.advance(by: TriggerLimits.wallClockCheck)
            #expect(harness.times() == ["120"])
            #expect(harness.slots.all.map(\.due) == [ServiceHarness.moment(7200)])
        }
    }

    @Test func `at waits on when the wall clock was set back`() async throws {
        try await run([.test(.at(ServiceHarness.moment(600)))]) { harness, wall in
            await harness.clock.advance(by: .seconds(300))
            wall.set(ahead: .seconds(-1000))
            await harness.clock.advance(by: .seconds(1299))
            #expect(harness.times() == [])
            await harness.clock.advance(by: .seconds(1))
            #expect(harness.times() == ["1600"])
        }
    }

    @Test func `a delayed loop fires one for all the slots it slept through`() async throws {
        let harness = ServiceHarness()
        try harness.service.reconcile(with: [.test(.every(.seconds(10)))])
        await harness.clock.advance(by: .seconds(35))
        try await harness.run([.test(.every(.seconds(10)))]) { harness in
            #expect(harness.times() == ["35"])
            #expect(harness.summary()?.skipped == 2)
            await harness.clock.advance(by: .seconds(5))
            #expect(harness.times() == ["35", "40"])
        }
    }
}
