import NightjarEngine
import Testing

@Suite struct FairQueueTests {
    @Test func aNewcomerStartsAtTheClock() {
        #expect(FairQueue.stamp(clock: 40, lastOfUser: nil) == 41)
    }

    @Test func aUsersTasksAreOneCostApart() {
        #expect(FairQueue.stamp(clock: 40, lastOfUser: 57) == 58)
    }

    @Test func nobodyIsStampedBehindTheClock() {
        #expect(FairQueue.stamp(clock: 40, lastOfUser: 3) == 41)
    }
}
