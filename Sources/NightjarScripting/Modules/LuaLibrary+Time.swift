package import LuaRuntime
package import NightjarEngine

extension LuaLibrary {
    /// `time.now()` in seconds since 1970, `time.iso(t)`, `time.parse(text)` and `time.format(t, pattern, zone)`.
    ///
    /// The first argument of `iso` and `format` may be left out for the present.
    package static func time(_ clock: EngineClock) -> LuaLibrary {
        LuaLibrary(
            path: "time",
            functions: [
                .synchronous("now") { _ in [.number(Double(clock.now.milliseconds) / 1000)] },
                .synchronous("iso") { [.string(try moment($0[0], of: "time.iso", clock).iso8601)] },
                .synchronous("parse") { [.number(Double(try parsed($0[0]).milliseconds) / 1000)] },
                .synchronous("format") { call in
                    let moment = try moment(call[0], of: "time.format", clock)
                    guard let pattern = call[1].stringValue else {
                        throw LuaHostError.badArgument("time.format", "expected a pattern such as \"%Y-%m-%d %H:%M\"")
                    }
                    return [.string(try TimePattern(pattern, zone: call[2]).text(of: moment))]
                },
            ])
    }

    private static func moment(_ value: LuaValue, of function: String, _ clock: EngineClock) throws -> Timestamp {
        if value.isNil { return clock.now }
        guard let seconds = value.numberValue else {
            throw LuaHostError.badArgument(function, "expected seconds since 1970, got a \(value.typeName)")
        }
        // Beyond, calendars and ISO 8601 have no four-digit years.
        guard abs(seconds) <= 253_402_300_799, seconds >= -62_135_596_800 else {
            throw LuaHostError.badArgument(function, "\(seconds) is no moment between the years 1 and 9999")
        }
        return Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
    }

    private static func parsed(_ value: LuaValue) throws -> Timestamp {
        guard let text = value.stringValue else {
            throw LuaHostError.badArgument("time.parse", "expected a text such as \"2026-01-31T12:00:00Z\"")
        }
        if let moment = ISO8601Text.parse(text) { return moment }
        throw LuaHostError(
            code: "invalid_time",
            message: "time.parse: \"\(text.prefix(60))\" is no ISO 8601 time such as 2026-01-31T12:00:00Z or 2026-01-31T13:00:00+01:00")
    }
}
