/// Durations as people write and read them: `1h30m`, `250ms`, `1.5s`.
public enum DurationText {
    /// The longest duration that is accepted: a hundred years, so that any date plus a duration is still a date.
    public static let longest = Duration.seconds(100 * 365 * 86_400)
    /// More digits than this are a slip, and would not fit.
    private static let digitsMax = 12
    /// Longer texts are refused unread.
    private static let lengthMax = 64

    private static let units: [(name: String, length: Duration)] = [
        ("d", .seconds(86_400)), ("h", .seconds(3600)), ("m", .seconds(60)), ("s", .seconds(1)), ("ms", .milliseconds(1)),
    ]

    /// Reads `2d`, `1h30m`, `1m 20s`, `1.5s`, `340 ms`, or a plain number of seconds. Zero is a duration.
    /// - Throws: ``DurationTextError``
    public static func parse(_ text: String) throws(DurationTextError) -> Duration {
        var rest = text[...].trimmed(while: \.isWordSeparator)
        guard rest.utf8.count <= lengthMax else {
            throw DurationTextError("the text is too long for a duration (\(examples))")
        }
        guard !rest.isEmpty else { throw DurationTextError("an empty text is not a duration (\(examples))") }
        guard rest.first != "-" else { throw DurationTextError("'\(text)': a duration cannot be negative") }

        var total = Duration.zero
        var largest = units.startIndex
        var isFirst = true
        while !rest.isEmpty {
            let number = try takeNumber(from: &rest, of: text)
            let name = rest.prefix(while: \.isLetter)
            rest = rest[name.endIndex...].trimmed(while: \.isWordSeparator)
            if name.isEmpty, isFirst, rest.isEmpty {
                total = number.times(.seconds(1))
                break
            }
            guard let unit = units.firstIndex(where: { $0.name == name }) else {
                throw DurationTextError(
                    name.isEmpty
                        ? "'\(text)': a unit is missing behind a number (\(examples))"
                        : "'\(text)': unknown unit '\(name)' (use d, h, m, s or ms)")
            }
            guard unit >= largest else {
                throw DurationTextError("'\(text)': write each unit once, larger ones first (\(examples))")
            }
            total += number.times(units[unit].length)
            largest = unit + 1
            isFirst = false
        }
        return try checked(total, of: text)
    }

    /// A number of seconds, as scripts write it.
    /// - Throws: ``DurationTextError`` when it is negative, not a number, or longer than ``longest``.
    public static func seconds(_ seconds: Double) throws(DurationTextError) -> Duration {
        guard seconds >= 0 else {
            throw DurationTextError(seconds.isNaN ? "not a number is not a duration" : "\(seconds): a duration cannot be negative")
        }
        guard seconds <= longest.seconds else { throw tooLong("\(seconds)") }
        return .seconds(seconds)
    }

    private static let examples = "write for example \"1h30m\", \"250ms\" or seconds"

    private static func checked(_ duration: Duration, of text: String) throws(DurationTextError) -> Duration {
        guard duration <= longest else { throw tooLong("'\(text)'") }
        return duration
    }

    private static func tooLong(_ text: String) -> DurationTextError {
        DurationTextError("\(text): a duration can be at most 100 years long")
    }

    /// A decimal number kept in two whole ones, so that 0.1 s is exactly 100 ms.
    private struct Decimal {
        var whole: Int
        var fraction: Int
        var fractionScale: Int

        func times(_ unit: Duration) -> Duration { unit * whole + unit * fraction / fractionScale }
    }

    /// Takes the number at the start of `rest`, and the space behind it.
    private static func takeNumber(from rest: inout Substring, of text: String) throws(DurationTextError) -> Decimal {
        let whole = takeDigits(from: &rest)
        var fraction: Substring = ""
        if rest.first == "." {
            rest.removeFirst()
            fraction = takeDigits(from: &rest)
        }
        guard !(whole.isEmpty && fraction.isEmpty) else { throw DurationTextError("'\(text)' is not a duration (\(examples))") }
        guard whole.count <= digitsMax, fraction.count <= digitsMax else {
            throw DurationTextError("'\(text)': a number has more than \(digitsMax) digits")
        }
        rest = rest.trimmed(while: \.isWordSeparator)
        let scale = fraction.reduce(1) { scale, _ in scale * 10 }
        return Decimal(whole: Int(whole) ?? 0, fraction: Int(fraction) ?? 0, fractionScale: scale)
    }

    private static func takeDigits(from rest: inout Substring) -> Substring {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest[digits.endIndex...]
        return digits
    }
}
