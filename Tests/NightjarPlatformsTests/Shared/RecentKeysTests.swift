import Testing

@testable import NightjarPlatforms

@Suite struct RecentKeysTests {
    @Test func `A key is new once, until it is removed or too many came after it`() {
        let keys = RecentKeys(max: 2)
        #expect(keys.insert("a") && !keys.insert("a"))
        #expect(keys.contains("a") && !keys.contains("b"))
        keys.remove("a")
        #expect(keys.insert("a") && keys.insert("b") && keys.insert("c") && keys.insert("a"))
    }
}
