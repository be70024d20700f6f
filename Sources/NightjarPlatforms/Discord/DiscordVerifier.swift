import Crypto
import NightjarEngine

/// Decides whether a request comes from Discord; pure and failing closed.
///
/// The signature is Ed25519 over the timestamp and the body, in lower-case hexadecimal
/// (https://docs.discord.com/developers/interactions/overview#validating-security-request-headers).
struct DiscordVerifier: Sendable {
    static let signatureHeader = "x-signature-ed25519"
    static let timestampHeader = "x-signature-timestamp"
    private static let signatureDigits = 128

    let key: Curve25519.Signing.PublicKey

    func verify(_ request: PlatformRequest) throws(DiscordRefusal) {
        // One refusal for a header that is missing and one that came twice: neither says what counts.
        guard let timestamp = request.header(Self.timestampHeader) else {
            throw .notGenuine("there must be one X-Signature-Timestamp")
        }
        guard let text = request.header(Self.signatureHeader) else {
            throw .notGenuine("there must be one X-Signature-Ed25519")
        }
        guard timestamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(timestamp),
            seconds < Int64.max / 1000
        else {
            throw .notGenuine("X-Signature-Timestamp is no number of seconds")
        }
        let sent = Timestamp(milliseconds: seconds * 1000)
        // The date now is cut to seconds as theirs is.
        let now = Timestamp(milliseconds: request.receivedAt.milliseconds / 1000 * 1000)
        guard sent >= now - DiscordLimits.clockTolerance, sent <= now + DiscordLimits.clockTolerance else {
            throw .notGenuine("X-Signature-Timestamp is more than five minutes from now; is this machine's clock right?")
        }
        guard text.utf8.count == Self.signatureDigits, text == text.lowercased(), let signature = HexText.bytes(text[...])
        else {
            throw .notGenuine("X-Signature-Ed25519 is no signature in hexadecimal")
        }
        guard key.isValidSignature(signature, for: Array(timestamp.utf8) + request.body) else {
            throw .notGenuine("X-Signature-Ed25519 is not right; is public_key this application's?")
        }
    }
}
