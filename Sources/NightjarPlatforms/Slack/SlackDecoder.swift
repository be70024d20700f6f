import Foundation
import NightjarEngine

/// Reads what Slack sends; a pure function of the request and the options. What it does not understand it refuses, and what is not for the
/// engine it passes over.
struct SlackDecoder: Sendable {
    let options: SlackOptions

    /// - Parameter request: verified before.
    func read(_ request: PlatformRequest) throws(SlackRefusal) -> SlackReading {
        guard request.body.count <= SlackLimits.bodyBytesMax else { throw .unreadable("the body is longer than \(SlackLimits.bodyBytesMax) bytes") }
        switch request.header("content-type")?.prefix(while: { $0 != ";" }).lowercased() {
        case "application/json":
            return try readEvent(request.body, receivedAt: request.receivedAt)
        case "application/x-www-form-urlencoded":
            let form = try SlackForm(parsing: request.body)
            if let payload = form["payload"] { return try readInteraction(Array(payload.utf8)) }
            return try readCommand(form, receivedAt: request.receivedAt)
        default:
            throw .unreadable("the content type is neither JSON nor a form")
        }
    }

    /// Whether Slack only wants to know that somebody is there, which it need not prove: nothing is told
    /// (https://docs.slack.dev/interactivity/implementing-slash-commands, `ssl_check`).
    func isProbe(_ request: PlatformRequest) -> Bool {
        if request.method == .get { return request.queryValue("ssl_check") == "1" }
        guard request.body.count <= SlackLimits.probeBytesMax, let form = try? SlackForm(parsing: request.body) else { return false }
        return form["ssl_check"] == "1"
    }

    /// The Events API: a JSON body, or the payload of a Socket Mode envelope.
    func readEvent(_ body: [UInt8], receivedAt: Timestamp) throws(SlackRefusal) -> SlackReading {
        let envelope: SlackEnvelope = try Self.decoded(body)
        switch envelope.type {
        case "url_verification":
            guard let challenge = envelope.challenge, !challenge.isEmpty else { throw .unreadable("url_verification has no challenge") }
            return .challenge(challenge)
        case "event_callback":
            guard let event = envelope.event else { throw .unreadable("event_callback has no event") }
            return try readMessage(event, of: envelope, receivedAt: receivedAt).map(SlackReading.message) ?? .nothing()
        case "app_rate_limited":
            let minute = envelope.minuteRateLimited.flatMap { $0 < Int64.max / 1000 && $0 > 0 ? $0 : nil }
            return .nothing(heldBackSince: minute.map { Timestamp(milliseconds: $0 * 1000) } ?? receivedAt)
        default:
            return .nothing()
        }
    }

    static func decoded<Value: Decodable>(_ body: [UInt8]) throws(SlackRefusal) -> Value {
        // Zeros are how the reader below would know other encodings, which Slack does not use.
        guard !body.contains(0), String(validating: body, as: UTF8.self) != nil else { throw .unreadable("the body is no UTF-8") }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body))
        } catch {
            throw .unreadable("the body is not the JSON that Slack sends: \(reason(error))")
        }
    }

    private static func reason(_ error: any Error) -> String {
        func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
        }
        return switch error as? DecodingError {
        case .typeMismatch(_, let context), .valueNotFound(_, let context): "\"\(place(context))\" has another type"
        case .keyNotFound(let key, let context): "\"\(place(context, key))\" is missing"
        default: "it is no JSON"
        }
    }

    /// An id or a timestamp of Slack's: a key of sessions and quotas, not a text.
    static func checked(_ id: String?, _ name: String) throws(SlackRefusal) -> String {
        guard let id, !id.isEmpty else { throw .unreadable("\"\(name)\" is missing") }
        let isPlausible = id.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
            default: byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            }
        }
        guard isPlausible, id.utf8.count <= SlackLimits.idBytesMax else { throw .unreadable("\"\(name)\" is no id of Slack's") }
        return id
    }
}
