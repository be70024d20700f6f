import NIOHTTP1
import NightjarEngine

/// A platform's answer, read whole.
struct VendorResponse: Sendable {
    var status: Int
    var headers: HTTPHeaders
    var body: [UInt8]

    /// Null when it is no JSON.
    var json: JSONValue { (try? JSONValue(parsing: String(decoding: body, as: UTF8.self))) ?? .null }

    /// The `Retry-After` header: seconds, whole or not; a date in it is not read.
    var retryAfter: Duration? {
        guard let text = headers.first(name: "retry-after"), let seconds = Double(text), seconds >= 0 else { return nil }
        return .seconds(min(seconds, Self.retryAfterSecondsMax))
    }

    /// A platform cannot put a message off for longer than this.
    static let retryAfterSecondsMax: Double = 3600
}
