import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct DeadlineTimerTests {
    private func withTimer(_ body: @Sendable (VirtualClock, DeadlineTimer) async -> Void) async {
        let clock = VirtualClock()
        await clock.run {
            let timer = DeadlineTimer(clock: .virtual(clock))
            await withTaskGroup { group in
                group.addTask { await timer.run() }
                await clock.settle()
                await body(clock, timer)
                group.cancelAll()
            }
        }
    }

    @Test func `Deadlines fire in the order of their times, not of their making`() async {
        await withTimer { clock, timer in
            let fired = Recorder<String>()
            timer.schedule(after: .seconds(3)) { fired.add("c") }
            timer.schedule(after: .seconds(1)) { fired.add("a") }
            timer.schedule(after: .seconds(2)) { fired.add("b") }
            await clock.advance(by: .seconds(1))
            #expect(fired.all == ["a"])
            await clock.advance(by: .seconds(2))
            #expect(fired.all == ["a", "b", "c"])
        }
    }

    @Test func `A deadline that is added later and is due earlier wakes the timer`() async {
        await withTimer { clock, timer in
            let fired = Recorder<String>()
            timer.schedule(after: .seconds(100)) { fired.add("late") }
            await clock.settle()
            timer.schedule(after: .seconds(1)) { fired.add("early") }
            await clock.advance(by: .seconds(1))
            #expect(fired.all == ["early"])
            timer.schedule(after: .seconds(1)) { fired.add("again") }
            await clock.advance(by: .seconds(1))
            #expect(fired.all == ["early", "again"])
        }
    }

    @Test func `A deadline that was met does not fire, and wakes nobody`() async {
        await withTimer { clock, timer in
            let fired = Recorder<String>()
            let met = timer.schedule(after: .seconds(1)) { fired.add("met") }
            timer.schedule(after: .seconds(5)) { fired.add("due") }
            timer.cancel(met)
            await clock.advance(by: .seconds(5))
            #expect(fired.all == ["due"])
        }
    }

    @Test func `A deadline in the past fires at once`() async {
        await withTimer { clock, timer in
            let fired = Recorder<String>()
            timer.schedule(after: .seconds(-1)) { fired.add("past") }
            await clock.settle()
            #expect(fired.all == ["past"])
        }
    }

    @Test func `Many met deadlines are swept`() async {
        await withTimer { clock, timer in
            let fired = Recorder<Int>()
            for number in 0..<5000 { timer.cancel(timer.schedule(after: .seconds(60)) { fired.add(number) }) }
            timer.schedule(after: .seconds(60)) { fired.add(-1) }
            await clock.advance(by: .seconds(60))
            #expect(fired.all == [-1])
        }
    }
}
