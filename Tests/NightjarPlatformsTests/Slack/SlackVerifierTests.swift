import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// The vector is that of Slack's documentation.
@Suite struct SlackVerifierTests {
    static let secret = Secret("8f742231b10e8888abcd99yyyzzz85a5")
    static let signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    static let timestamp = "1531420618"
    static let moment = Timestamp(milliseconds: 1_531_420_618_000)
    static let body = [
        "token=xyzz0WbapA4vBCDEFasx0q6G", "team_id=T1DC2JH3J", "team_domain=testteamnow", "channel_id=G8PSS9T3V", "channel_name=foobar",
        "user_id=U2CERLKJA", "user_name=roadrunner", "command=%2Fwebhook-collect", "text=",
        "response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN",
        "trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c",
    ].joined(separator: "&")

    static func request(
        body: String = body, timestamps: [String] = [timestamp], signatures: [String] = [signature], now: Timestamp = moment
    ) -> PlatformRequest {
        let headers =
            [("content-type", "application/x-www-form-urlencoded")]
            + timestamps.map { (SlackVerifier.timestampHeader, $0) } + signatures.map { (SlackVerifier.signatureHeader, $0) }
        return PlatformRequest(headers: headers, body: Array(body.utf8), receivedAt: now)
    }

    @Test func `The vector passes, and is read as a command`() throws {
        try SlackVerifier(secret: Self.secret).verify(Self.request())
        guard case .command(let message) = try SlackFixture.decoder().read(Self.request()) else {
            Issue.record("no command")
            return
        }
        #expect(message.text == "/webhook-collect")
        #expect(message.address == Address(platform: "slack", channel: "G8PSS9T3V", user: "U2CERLKJA"))
        #expect(message.externalID == "398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
        #expect(SlackRoute(message.replyRoute).responseURL?.hasPrefix("https://hooks.slack.com/commands/") == true)
    }

    @Test(arguments: [(-301, false), (-300, true), (300, true), (301, false)])
    func `The timestamp may be five minutes off`(seconds: Int, isGenuine: Bool) {
        let request = Self.request(now: Self.moment + .seconds(seconds))
        #expect(((try? SlackVerifier(secret: Self.secret).verify(request)) != nil) == isGenuine)
    }

    @Test func `The stand-in signs as Slack does`() {
        let request = StandInSlack.signed(
            Self.body, contentType: "application/x-www-form-urlencoded", secret: Self.secret.reveal(), at: Self.moment)
        #expect(request.header(SlackVerifier.signatureHeader) == Self.signature)
    }
}
