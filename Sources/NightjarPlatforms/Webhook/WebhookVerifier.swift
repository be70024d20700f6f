import Crypto
import Foundation
public import HTTPTypes
public import NightjarEngine

/// Decides whether a request to the generic webhook is genuine; pure and failing closed.
///
/// A request proves itself in one of three ways: the signature of Standard Webhooks
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md), GitHub's `X-Hub-Signature-256`
/// (https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries), or a bearer token. A request with a
/// signature is judged by that alone, and a header that comes twice is refused, for it is not clear which of the two counts.
public struct WebhookVerifier: Sendable {
    private let options: WebhookOptions

    public init(_ options: WebhookOptions) {
        self.options = options
    }

    /// - Parameter body: exactly as it came.
    public func verify(_ headers: HTTPFields, body: [UInt8], now: Timestamp) -> WebhookVerdict {
        do throws(Refusal) {
            let id = try one(.webhookID, in: headers)
            let delivery = try one(.gitHubDelivery, in: headers)
            if !options.isOpen { try authenticate(headers, id: id, body: body, now: now) }
            return .accepted(deliveryID: (id ?? delivery).flatMap { $0.isEmpty ? nil : $0 })
        } catch {
            return .refused(error.reason)
        }
    }

    private struct Refusal: Error {
        var reason: String
    }

    private func authenticate(
        _ headers: HTTPFields, id: String?, body: [UInt8], now: Timestamp
    ) throws(Refusal) {
        if let secret = options.secret, let key = options.standardKey {
            let signature = try one(.webhookSignature, in: headers)
            let timestamp = try one(.webhookTimestamp, in: headers)
            if signature != nil || timestamp != nil {
                return try checkStandard(signature, timestamp, id: id, key: key, body: body, now: now)
            }
            if let signature = try one(.hubSignature, in: headers) {
                return try checkGitHub(signature, key: Array(secret.reveal().utf8), body: body)
            }
        }
        guard let token = options.token else { throw Refusal(reason: "the request is not signed") }
        guard let authorization = try one(.authorization, in: headers) else {
            throw Refusal(reason: "the request has neither a signature nor a bearer token")
        }
        guard BearerToken.matches(authorization, token) else { throw Refusal(reason: "the bearer token is not the right one") }
    }

    private func checkStandard(
        _ signature: String?, _ timestamp: String?, id: String?, key: [UInt8], body: [UInt8], now: Timestamp
    ) throws(Refusal) {
        guard let id, !id.isEmpty, let timestamp, let signature else {
            throw Refusal(reason: "webhook-id, webhook-timestamp and webhook-signature belong together")
        }
        guard let seconds = Int64(timestamp), seconds >= 0, seconds < Int64.max / 1000 else {
            throw Refusal(reason: "webhook-timestamp is no number of seconds")
        }
        let sent = Timestamp(milliseconds: seconds * 1000)
        guard sent >= now - WebhookLimits.clockTolerance, sent <= now + WebhookLimits.clockTolerance else {
            throw Refusal(reason: "webhook-timestamp is more than five minutes from now")
        }
        var base = Array("\(id).\(timestamp).".utf8)
        base.append(contentsOf: body)
        let isGenuine = signature.split(separator: " ").prefix(WebhookLimits.signaturesMax).contains { signature in
            guard signature.hasPrefix("v1,"), let code = Data(base64Encoded: String(signature.dropFirst(3))) else { return false }
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: base, using: SymmetricKey(data: key))
        }
        guard isGenuine else { throw Refusal(reason: "no signature in webhook-signature is right") }
    }

    private func checkGitHub(_ signature: String, key: [UInt8], body: [UInt8]) throws(Refusal) {
        guard signature.hasPrefix("sha256="), let code = HexText.bytes(signature.dropFirst(7)),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: SymmetricKey(data: key))
        else { throw Refusal(reason: "X-Hub-Signature-256 is not right") }
    }

    private func one(_ name: HTTPField.Name, in headers: HTTPFields) throws(Refusal) -> String? {
        let values = headers[values: name]
        guard values.count <= 1 else { throw Refusal(reason: "the header \(name.canonicalName) comes more than once") }
        return values.first
    }
}
