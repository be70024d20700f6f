import Crypto
import NightjarEngine

/// Decides whether a request is WhatsApp's; pure and failing closed.
///
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/create-webhook-endpoint: the handshake is a GET
/// with a token both sides know, every notification is signed with HMAC-SHA256 under the app's secret. No time is signed, so what is
/// sent again is known by the messages' own ids.
struct WhatsAppVerifier: Sendable {
    static let signatureHeader = "x-hub-signature-256"

    let options: WhatsAppOptions

    /// - Returns: what the handshake is to be answered with; nil when it is refused.
    func challenge(of request: PlatformRequest) -> String? {
        guard request.queryValue("hub.mode") == "subscribe", let token = request.queryValue("hub.verify_token"),
            let challenge = request.queryValue("hub.challenge"), !challenge.isEmpty,
            challenge.utf8.count <= WhatsAppLimits.challengeBytesMax,
            ConstantTime.areEqual(token, options.verifyToken.reveal())
        else { return nil }
        return challenge
    }

    /// - Returns: what is wrong with the signature; nil when it is right.
    func refusal(of request: PlatformRequest) -> String? {
        guard request.headers.contains(where: { $0.name == Self.signatureHeader }) else { return "X-Hub-Signature-256 is missing" }
        guard let signature = request.header(Self.signatureHeader) else { return "X-Hub-Signature-256 comes more than once" }
        return ConstantTime.areEqual(signature, expected(over: request.body)) ? nil : "X-Hub-Signature-256 is not right"
    }

    /// As Meta writes it, in lower case: there is one right text, so nothing else needs to be understood.
    private func expected(over body: [UInt8]) -> String {
        let key = SymmetricKey(data: Array(options.appSecret.reveal().utf8))
        let code = HMAC<SHA256>.authenticationCode(for: body, using: key)
        return "sha256=" + HexText.text(code)
    }
}
