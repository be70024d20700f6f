import NightjarEngine
import Testing

@Suite struct DurationTextTests {
    @Test(
        "Durations as people write them",
        arguments: [
            ("1h30m", .seconds(5400)), ("250ms", .milliseconds(250)), ("1.5s", .milliseconds(1500)), ("90", .seconds(90)),
            ("0.1", .milliseconds(100)), (".5s", .milliseconds(500)), ("2d", .seconds(172_800)), ("1d12h", .seconds(129_600)),
            ("0", .zero), ("0s", .zero), ("1m 20s", .seconds(80)), ("340 ms", .milliseconds(340)), (" 5m\n", .seconds(300)),
            ("1.5h", .seconds(5400)), ("0.000000001s", .nanoseconds(1)), ("5m0s", .seconds(300)), ("36500d", DurationText.longest),
        ] as [(String, Duration)])
    func parses(text: String, expected: Duration) throws {
        #expect(try DurationText.parse(text) == expected)
    }

    @Test(
        "What is no duration says why",
        arguments: [
            ("", "empty"), ("  ", "empty"), ("-5s", "negative"), ("5x", "unknown unit 'x'"), ("5M", "unknown unit 'M'"),
            ("5 minutes", "unknown unit 'minutes'"), ("h", "not a duration"), ("1h30", "unit is missing"), ("1 2", "unit is missing"),
            ("30m1h", "larger ones first"), ("1m1m", "once"), ("soon", "not a duration"), ("1..5s", "unit is missing"), (".", "not a duration"),
            ("1e9s", "unknown unit 'e'"), ("9999999999999s", "digits"), ("36501d", "100 years"), ("999999999999d", "100 years"),
            ("٣s", "not a duration"), ("1,5s", "unit is missing"), (String(repeating: "1", count: 100_000), "too long"), ("+5s", "not a duration"),
        ])
    func refuses(text: String, reason: String) {
        #expect {
            try DurationText.parse(text)
        } throws: { error in
            let message = String(describing: error)
            return message.contains(reason) && message.count < 200
        }
    }

    @Test func secondsAsANumber() throws {
        #expect(try DurationText.seconds(0) == .zero)
        #expect(try DurationText.seconds(1.5) == .milliseconds(1500))
        for bad in [-1, -0.001, Double.nan, .infinity, 1e300, 100 * 366 * 86_400] {
            #expect(throws: DurationTextError.self) { try DurationText.seconds(bad) }
        }
    }

    @Test(
        "Durations as people read them",
        arguments: [
            (.zero, "0 ms"), (.seconds(-3), "0 ms"), (.microseconds(900), "0 ms"), (.milliseconds(340), "340 ms"),
            (.milliseconds(999), "999 ms"), (.seconds(1), "1s"), (.milliseconds(1500), "1.5s"), (.milliseconds(9999), "9.9s"),
            (.milliseconds(12_900), "12s"), (.milliseconds(59_999), "59s"), (.seconds(60), "1m"), (.seconds(80), "1m 20s"),
            (.seconds(3599), "59m 59s"), (.seconds(3600), "1h"), (.seconds(5400), "1h 30m"), (.seconds(86_399), "23h 59m"),
            (.seconds(86_400), "1d"), (.seconds(100_000), "1d 3h"),
        ] as [(Duration, String)])
    func formats(duration: Duration, expected: String) throws {
        #expect(DurationText.format(duration) == expected)
        let again = try DurationText.parse(expected)
        #expect(DurationText.format(again) == expected)
    }

    @Test func anyTextIsADurationOrAnError() {
        var random = SeededGenerator(seed: 7)
        let pieces = ["1", "9", "0", ".", "d", "h", "m", "s", "ms", " ", "-", "x", "é", "\u{200B}"]
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }.joined()
            guard let duration = try? DurationText.parse(text) else { continue }
            #expect(duration >= .zero && duration <= DurationText.longest, "\(text.debugDescription)")
        }
    }
}
