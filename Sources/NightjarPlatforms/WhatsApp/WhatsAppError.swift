import NIOHTTP1
import NightjarEngine

/// What the Graph API says when it does not do what it was asked for:
/// `{"error":{"code":…,"message":…,"error_data":{"details":…}}}`.
///
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes. The documentation asks to go by the
/// code, not by the status.
struct WhatsAppError: Equatable {
    /// How long nothing more is to be sent, and to whom.
    enum Scope: Equatable {
        /// To one person: too many messages in a conversation.
        case conversation
        /// To anybody: the number, the account or the app sends too much.
        case number
        /// To anybody, and for long: people complained.
        case spam
    }

    var status: Int
    /// 0 when there is no error document.
    var code: Int
    var details: String
    /// WhatsApp's own wish.
    var retryAfter: Duration?

    /// - Returns: nil when the answer is no error.
    init?(_ response: VendorResponse) {
        guard !(200..<300).contains(response.status) else { return nil }
        let error = response.json["error"]
        status = response.status
        let stated = error?["code"]?.integer.map { Int(truncatingIfNeeded: $0) } ?? 0
        // A token that cannot be read at all has the code 0.
        code = stated == 0 && status == 401 ? 190 : stated
        details = error?["error_data"]?["details"]?.string ?? error?["message"]?.string ?? ""
        retryAfter = response.retryAfter ?? Self.regainAccess(response.headers)
    }

    init(_ failure: WhatsAppFailure) {
        status = 200
        code = failure.code
        details = failure.details
    }

    /// What has to slow down; nil when the rate is no problem.
    var scope: Scope? {
        switch code {
        case 4, 80007, 130429: .number
        case 131056: .conversation
        case 131048: .spam
        default: status == 429 ? .number : nil
        }
    }

    var isRetryable: Bool {
        if scope != nil || Self.passingCodes.contains(code) { return true }
        if WhatsAppAdvice.of(code) != nil { return false }
        return status >= 500 || status == 408 || status == 425
    }

    /// Whether the message is refused as it is made: a parameter is wrong or missing, or the kind or a file is none that it takes.
    var isAboutContent: Bool { [100, 131_008, 131_009, 131_051, 131_053].contains(code) }

    /// Out of order for a while, and in maintenance while a number's rate is raised.
    private static let passingCodes: Set<Int> = [2, 131_000, 131_016, 131_057, 133_004]

    /// In words for people, with what to do where that is known.
    /// - Parameter token: is nowhere in it, whatever the API quotes.
    func explanation(without token: Secret) -> String {
        let name = code == 0 ? "\(status)" : "error \(code)"
        if let advice = WhatsAppAdvice.of(code) { return "WhatsApp refused the message (\(name)): \(advice)" }
        if (300..<400).contains(status) { return "WhatsApp answered with a redirect (\(name)), which is not followed; is api_url right?" }
        let line = details.replacing(token.reveal(), with: "••••").split(whereSeparator: \.isNewline).joined(separator: " ")
        let reason = line.isEmpty ? "" : ": " + line.prefix(Self.detailsLengthMax)
        return scope != nil ? "WhatsApp wants fewer messages (\(name))\(reason)" : "WhatsApp did not take the message (\(name))\(reason)"
    }

    /// As much of the API's own words as a line of the log can take.
    private static let detailsLengthMax = 300

    /// `X-Business-Use-Case-Usage` tells in minutes when an account that sent too much may send again
    /// (https://developers.facebook.com/docs/graph-api/overview/rate-limiting).
    private static func regainAccess(_ headers: HTTPHeaders) -> Duration? {
        guard let text = headers.first(name: "x-business-use-case-usage"), let usage = try? JSONValue(parsing: text) else { return nil }
        let minutes =
            (usage.object ?? [:]).values.flatMap { $0.array ?? [] }
            .compactMap { $0["estimated_time_to_regain_access"]?.integer }.max() ?? 0
        guard minutes > 0 else { return nil }
        return .seconds(min(Double(minutes) * 60, VendorResponse.retryAfterSecondsMax))
    }
}
