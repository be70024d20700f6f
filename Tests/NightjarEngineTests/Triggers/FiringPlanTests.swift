@testable import NightjarEngine
import Testing

/// Five slots, 10 s apart, from second 0 on; it is second 45.
@Suite struct FiringPlanTests {
    private func plan(
        overlap: TriggerOptions.Overlap = .bufferOne, grace: Int = 0, coalesce: TriggerOptions.Misfire.Coalesce = .latest,
        window: Int = 0
    ) -> FiringPlan {
        FiringPlan(
            first: Timestamp(milliseconds: 0), count: 5, period: 10_000, at: Timestamp(milliseconds: 45_000),
            options: TriggerOptions(
                overlap: overlap,
                misfire: .init(grace: .seconds(grace), coalesce: coalesce, catchupWindow: .seconds(window))))
    }

    private func check(
        _ plan: FiringPlan, _ seconds: [Int], misfires: Int, skipped: Int, dropped: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(plan.slots.map { Int($0.milliseconds / 1000) } == seconds, sourceLocation: sourceLocation)
        #expect(plan.misfires == misfires, "misfires", sourceLocation: sourceLocation)
        #expect(plan.skipped == skipped, "skipped", sourceLocation: sourceLocation)
        #expect(plan.dropped == dropped, "dropped", sourceLocation: sourceLocation)
        #expect(plan.slots.count + plan.skipped + plan.dropped == 5, "nothing is lost", sourceLocation: sourceLocation)
    }

    @Test func `all are stale: one of them runs`() {
        check(plan(), [40], misfires: 1, skipped: 0, dropped: 4)
        check(plan(overlap: .allowAll), [40], misfires: 1, skipped: 0, dropped: 4)
    }

    @Test func `all are on time: the latest stands in for all, unless every slot is to run`() {
        check(plan(grace: 60), [40], misfires: 0, skipped: 4, dropped: 0)
        check(plan(overlap: .bufferAll, grace: 60), [0, 10, 20, 30, 40], misfires: 0, skipped: 0, dropped: 0)
        check(plan(overlap: .allowAll, grace: 15), [30, 40], misfires: 0, skipped: 0, dropped: 3)
    }

    @Test func `some are on time`() {
        check(plan(grace: 15), [40], misfires: 0, skipped: 1, dropped: 3)
        check(plan(grace: 5), [40], misfires: 0, skipped: 0, dropped: 4)
    }

    @Test func `a window says how far back, coalesce which`() {
        check(plan(window: 25), [40], misfires: 1, skipped: 0, dropped: 4)
        check(plan(coalesce: .earliest, window: 25), [20], misfires: 1, skipped: 0, dropped: 4)
        check(plan(coalesce: .all, window: 25), [20, 30, 40], misfires: 3, skipped: 0, dropped: 2)
        check(plan(grace: 15, coalesce: .all, window: 25), [20, 30, 40], misfires: 1, skipped: 0, dropped: 2)
        check(plan(window: 4), [], misfires: 0, skipped: 0, dropped: 5)
    }

    @Test func `a year of milliseconds is planned at once, within the bound`() {
        let options = TriggerOptions(overlap: .bufferAll, misfire: .init(coalesce: .all, catchupWindow: .seconds(3600)))
        let plan = FiringPlan(
            first: Timestamp(milliseconds: 0), count: 31_536_000_000, period: 1, at: Timestamp(milliseconds: 31_536_000_000 - 1),
            options: options)
        #expect(plan.slots.count == TriggerLimits.backlogMax)
        #expect(plan.slots.last == Timestamp(milliseconds: 31_536_000_000 - 1))
        #expect(plan.dropped == 31_536_000_000 - TriggerLimits.backlogMax)
    }
}
