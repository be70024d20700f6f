import NightjarEngine
import Testing

@testable import NightjarPlatforms

@Suite struct SendWindowTests {
    private func window(_ count: Int, per period: Duration) -> (SendWindow, LeapingClock) {
        let clock = LeapingClock()
        return (SendWindow(count: count, per: period, clock: clock.engineClock), clock)
    }

    @Test func soManyGoAtOnceAndTheNextWaits() async throws {
        let (window, clock) = window(3, per: .seconds(60))
        for _ in 0..<3 { try await window.turn(for: "a") }
        #expect(clock.elapsed == .zero)
        #expect(window.wait(for: "a") == .seconds(60))
        #expect(window.wait(for: "b") == .zero)
        try await window.turn(for: "a")
        #expect(clock.elapsed == .seconds(60))
        // The window moves on: the two others of the first minute have passed as well.
        try await window.turn(for: "a")
        #expect(clock.elapsed == .seconds(60))
    }

    @Test func noStretchOfTimeHasMore() async throws {
        let (window, clock) = window(20, per: .seconds(60))
        var turns: [Duration] = []
        for _ in 0..<90 {
            try await clock.sleep(until: clock.now.advanced(by: .milliseconds(700)), tolerance: nil)
            try await window.turn()
            turns.append(clock.elapsed)
        }
        for index in 20..<90 { #expect(turns[index] - turns[index - 20] >= .seconds(60)) }
    }

    @Test func aTurnWithoutWaitingIsTakenOrLeft() async throws {
        let (window, clock) = window(2, per: .seconds(4))
        #expect(window.turnNow() && window.turnNow() && !window.turnNow())
        #expect(window.wait() == .seconds(4))
        try await clock.sleep(until: clock.now.advanced(by: .seconds(4)), tolerance: nil)
        #expect(window.turnNow())
    }

    @Test func aPauseHoldsForItsKey() async throws {
        let (window, clock) = window(1, per: .seconds(1))
        window.pause(.seconds(30), for: "a")
        window.pause(.seconds(5), for: "a")
        try await window.turn(for: "b")
        #expect(clock.elapsed == .zero)
        try await window.turn(for: "a")
        #expect(clock.elapsed == .seconds(30))
    }

    @Test func keysThatAreQuietAreForgottenAndOthersAreNot() async throws {
        let (window, _) = window(1, per: .seconds(1))
        window.pause(.seconds(3600), for: "kept")
        for number in 0..<3000 { try await window.turn(for: "\(number)") }
        #expect(window.wait(for: "kept") > .seconds(3000))
        #expect(window.wait(for: "2999") == .seconds(1))
    }
}
