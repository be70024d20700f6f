import Testing

@testable import NightjarEngine

@Suite struct OrderedIdentifierTests {
    private func names(_ times: [Int64]) -> [String] {
        var source = OrderedIdentifier.Source()
        var generator = SeededGenerator(seed: 1)
        return times.map { source.next(at: Timestamp(milliseconds: $0), using: &generator) }
    }

    @Test func `Names sort in the order in which they were made`() {
        let names = names([1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_001, 1_900_000_000_000])
        #expect(names == names.sorted())
        #expect(Set(names).count == 4)
        #expect(names.allSatisfy { $0.utf8.count == OrderedIdentifier.length })
    }

    @Test func `A clock that goes back repeats and reorders nothing`() {
        let names = names([1_700_000_000_005, 1_700_000_000_001, 1_700_000_000_004, 1_700_000_000_006])
        #expect(names == names.sorted())
        #expect(Set(names).count == 4)
    }

    @Test func `A million names in one millisecond are a million names`() {
        let names = names(Array(repeating: 1_700_000_000_000, count: 1_000_000))
        #expect(Set(names).count == names.count)
        #expect(names == names.sorted())
    }
}
