@testable import NightjarEngine
import Testing

@Suite struct JitterTests {
    private func delay(_ name: String, _ slot: Int64, below limit: Int64 = 1000) -> Int64 {
        Jitter.delay(name: name, slot: Timestamp(milliseconds: slot), below: limit)
    }

    @Test func `the same slot of the same trigger has the same delay`() {
        #expect(delay("a", 1) == delay("a", 1))
        #expect(delay("a", 1) != delay("b", 1))
        #expect(delay("a", 1) != delay("a", 2))
    }

    @Test func `delays fill the range evenly`() {
        let delays = (0..<10_000).map { delay("trigger", Int64($0) * 60_000) }
        let quarters = Dictionary(grouping: delays) { $0 / 250 }.mapValues(\.count)
        #expect(Set(quarters.keys) == [0, 1, 2, 3])
        #expect(quarters.values.allSatisfy { (2300...2700).contains($0) })
    }

    @Test func `no jitter is no delay`() {
        #expect(delay("a", 1, below: 0) == 0)
        #expect(delay("a", 1, below: 1) == 0)
    }
}
