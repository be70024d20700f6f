/// A moment split into its date and time in UTC.
///
/// The date is computed with Howard Hinnant's `civil_from_days` (https://howardhinnant.github.io/date_algorithms.html): every
/// response and every task in a list shows a moment. Foundation's formatters need microseconds for one, and show the millisecond
/// before where a `Date` holds the moment a trifle too early.
package struct CivilTime {
    package let year: Int
    package let month: Int
    package let day: Int
    /// 0 is Sunday.
    package let weekday: Int
    package let hour: Int
    package let minute: Int
    package let second: Int
    package let millisecond: Int

    package init(_ moment: Timestamp) {
        let (days, rest) = Self.floorDivide(Int(moment.milliseconds), 86_400_000)
        weekday = Self.floorDivide(days + 4, 7).remainder
        hour = rest / 3_600_000
        minute = rest / 60_000 % 60
        second = rest / 1000 % 60
        millisecond = rest % 1000

        let (era, dayOfEra) = Self.floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// ISO 8601 with milliseconds: `2026-01-31T12:00:00.000Z`.
    package var iso8601: String {
        "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(time).\(padded(millisecond, 3))Z"
    }

    /// The form of HTTP's `Date` header (RFC 9110, section 5.6.7): `Sat, 31 Jan 2026 12:00:00 GMT`.
    package var httpDate: String {
        "\(Self.weekdays[weekday]), \(padded(day)) \(Self.months[month - 1]) \(padded(year, 4)) \(time) GMT"
    }

    private var time: String { "\(padded(hour)):\(padded(minute)):\(padded(second))" }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func floorDivide(_ number: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
