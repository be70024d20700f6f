import Crypto
import NightjarEngine

/// Decides whether a request comes from Slack; pure and failing closed.
///
/// The signature is HMAC-SHA256 over `v0:<timestamp>:<body>`, in lower-case hexadecimal behind `v0=`
/// (https://docs.slack.dev/authentication/verifying-requests-from-slack).
struct SlackVerifier: Sendable {
    static let signatureHeader = "x-slack-signature"
    static let timestampHeader = "x-slack-request-timestamp"

    let secret: Secret

    func verify(_ request: PlatformRequest) throws(SlackRefusal) {
        // One refusal for a header that is missing and one that came twice: neither says what counts.
        guard let timestamp = request.header(Self.timestampHeader) else {
            throw .notGenuine("there must be one X-Slack-Request-Timestamp")
        }
        guard let signature = request.header(Self.signatureHeader) else { throw .notGenuine("there must be one X-Slack-Signature") }
        guard timestamp.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int64(timestamp), seconds < Int64.max / 1000 else {
            throw .notGenuine("X-Slack-Request-Timestamp is no number of seconds")
        }
        let sent = Timestamp(milliseconds: seconds * 1000)
        // The date now is cut to seconds as theirs is.
        let now = Timestamp(milliseconds: request.receivedAt.milliseconds / 1000 * 1000)
        guard sent >= now - SlackLimits.clockTolerance, sent <= now + SlackLimits.clockTolerance else {
            throw .notGenuine("X-Slack-Request-Timestamp is more than five minutes from now; is this machine's clock right?")
        }
        guard ConstantTime.areEqual(signature, self.signature(of: request.body, timestamp: timestamp)) else {
            throw .notGenuine("X-Slack-Signature is not right; is signing_secret this app's?")
        }
    }

    func signature(of body: [UInt8], timestamp: String) -> String {
        var code = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.reveal().utf8)))
        code.update(data: Array("v0:\(timestamp):".utf8))
        code.update(data: body)
        return "v0=" + HexText.text(code.finalize())
    }
}
