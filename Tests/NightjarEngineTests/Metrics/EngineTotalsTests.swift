import Testing

@testable import NightjarEngine

@Suite struct EngineTotalsTests {
    @Test func `Nothing is known before the first task has ended`() {
        let totals = EngineTotals()
        #expect(totals.meanMilliseconds == nil)
        #expect(totals.p99Milliseconds == nil)
        #expect(totals.successRate == nil)
    }

    @Test func `Mean, success and p99 follow the ends`() {
        var totals = EngineTotals()
        for milliseconds in 1...100 { totals.finish(.completed, ran: .milliseconds(milliseconds)) }
        totals.finish(.failed, ran: nil)
        totals.finish(.cancelled, ran: nil)
        #expect(totals.meanMilliseconds == 50.5)
        #expect(totals.p99Milliseconds == 100)
        #expect(totals.successRate == 100.0 / 102)
        #expect(totals.failed == 1 && totals.cancelled == 1)
    }

    @Test func `Only the last durations count for the p99`() {
        var totals = EngineTotals()
        for _ in 0..<10 { totals.finish(.completed, ran: .seconds(100)) }
        for _ in 0..<EngineTotals.recentMax { totals.finish(.completed, ran: .milliseconds(1)) }
        #expect(totals.p99Milliseconds == 1)
    }

    @Test func `States that are not final count nothing`() {
        var totals = EngineTotals()
        totals.finish(.running, ran: .seconds(1))
        #expect(totals == EngineTotals())
    }
}
