import Foundation
import NightjarEngine
import Testing

@Suite struct CivilTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "1969-12-31T23:59:59.999Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
        (784_111_777_000, "1994-11-06T08:49:37.000Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
        (1_769_860_799_012, "2026-01-31T11:59:59.012Z", "Sat, 31 Jan 2026 11:59:59 GMT"),
    ])
    func knownMoments(milliseconds: Int64, iso: String, http: String) {
        let time = CivilTime(Timestamp(milliseconds: milliseconds))
        #expect(time.iso8601 == iso)
        #expect(time.httpDate == http)
    }

    /// Foundation is the judge of every day in 400 years, at an odd time of it.
    @Test func agreesWithFoundation() {
        for day in stride(from: -73_000, to: 73_000, by: 1) {
            let moment = Timestamp(milliseconds: Int64(day) * 86_400_000 + 45_296_000)
            if day.isMultiple(of: 97) {
                #expect(CivilTime(moment).iso8601 == moment.date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            }
            let time = CivilTime(moment)
            #expect((1...12).contains(time.month) && (1...31).contains(time.day))
        }
    }

    /// No `Date` holds every millisecond exactly; the text does.
    @Test func timestampsShowTheirOwnMillisecond() {
        for millisecond in 0..<1000 {
            let text = Timestamp(milliseconds: 1_769_860_799_000 + Int64(millisecond)).iso8601
            #expect(text == "2026-01-31T11:59:59.\(String(1000 + millisecond).dropFirst())Z")
        }
    }
}
