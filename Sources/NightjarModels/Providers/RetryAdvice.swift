import Foundation
import NIOHTTP1
import NightjarEngine

/// Whether and when a refused request may be sent again, read from the answer's status and headers as the official clients do.
struct RetryAdvice: Equatable {
    var isRetryable: Bool
    var retryAfter: Duration?

    /// - Parameter now: what an HTTP date in `retry-after` is measured from.
    init(status: Int, headers: HTTPHeaders, now: Timestamp) {
        isRetryable =
            switch headers.first(name: "x-should-retry") {
            case "true": true
            case "false": false
            default: Self.isRetryable(status: status)
            }
        retryAfter = Self.retryAfter(headers, now: now)
    }

    static func isRetryable(status: Int) -> Bool {
        status == 408 || status == 409 || status == 429 || status >= 500
    }

    private static func retryAfter(_ headers: HTTPHeaders, now: Timestamp) -> Duration? {
        if let milliseconds = headers.first(name: "retry-after-ms").flatMap(Double.init) {
            return believed(seconds: milliseconds / 1000)
        }
        guard let value = headers.first(name: "retry-after") else { return nil }
        if let seconds = Double(value) { return believed(seconds: seconds) }
        guard let date = date(value) else { return nil }
        return believed(seconds: (Timestamp(date) - now).seconds)
    }

    private static func believed(seconds: Double) -> Duration? {
        guard seconds.isFinite, seconds >= 0 else { return nil }
        // Bounded before the conversion, which traps on figures no Duration can hold.
        return .seconds(min(seconds, ModelLimits.retryAfterMax.seconds))
    }

    /// An IMF-fixdate, the only form of a date that RFC 9110 (section 5.6.7) lets a server send.
    private static func date(_ text: String) -> Date? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)
    }
}
