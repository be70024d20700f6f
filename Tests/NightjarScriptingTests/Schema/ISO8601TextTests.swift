import NightjarEngine
import Testing

@testable import NightjarScripting

@Suite struct ISO8601TextTests {
    @Test func momentsAreReadWithTheirOffset() throws {
        let christmas = try #require(ISO8601Text.parse("2026-12-24T18:00:00Z"))
        #expect(christmas.iso8601 == "2026-12-24T18:00:00.000Z")
        #expect(ISO8601Text.parse("2026-12-24T19:00:00+01:00") == christmas)
        #expect(ISO8601Text.parse("2026-12-24T12:30:00-05:30") == christmas)
        #expect(ISO8601Text.parse("2024-03-01T00:30:00+01:00")?.iso8601 == "2024-02-29T23:30:00.000Z")
        #expect(ISO8601Text.parse("2026-12-24T18:00:00.250Z")?.milliseconds == christmas.milliseconds + 250)
    }

    @Test(arguments: [
        "", "tomorrow", "2026-12-24", "2026-12-24T18:00:00", "2026-12-24T18:00:00Zx", "2026-13-24T18:00:00Z",
        "2026-02-30T18:00:00Z", "2026-12-24T25:00:00Z", "2026-12-24T18:00:00+25:00", "2026-02-29T01:00:00+01:00", "2026-12-24 18:00:00Z",
        String(repeating: "2", count: 100),
    ])
    func otherTextIsRefused(_ text: String) {
        #expect(ISO8601Text.parse(text) == nil)
    }
}
