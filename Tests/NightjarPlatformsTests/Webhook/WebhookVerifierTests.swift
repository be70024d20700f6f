import HTTPTypes
import NightjarEngine
import NightjarPlatforms
import Testing

/// The vectors are those of Standard Webhooks' and GitHub's documentation.
@Suite struct WebhookVerifierTests {
    static let standardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    static let standardID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
    static let standardSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    static let sent = Timestamp(milliseconds: 1_614_265_330_000)
    static let standardBody = #"{"test": 2432232314}"#

    static func standardHeaders(
        id: String? = standardID, timestamp: String? = "1614265330", signature: String? = standardSignature
    ) -> HTTPFields {
        var headers = HTTPFields()
        headers[.named("webhook-id")] = id
        headers[.named("webhook-timestamp")] = timestamp
        headers[.named("webhook-signature")] = signature
        return headers
    }

    func verdict(
        _ headers: HTTPFields, secret: String? = standardSecret, token: String? = nil, body: String = standardBody,
        now: Timestamp = sent
    ) throws -> WebhookVerdict {
        var definition = PlatformDefinition(name: "webhook")
        definition.options["secret"] = secret.map { .secret(Secret($0)) }
        definition.options["token"] = token.map { .secret(Secret($0)) }
        return WebhookVerifier(try WebhookOptions(definition)).verify(headers, body: Array(body.utf8), now: now)
    }

    @Test func standardVectorPasses() throws {
        #expect(try verdict(Self.standardHeaders()) == .accepted(deliveryID: Self.standardID))
    }

    @Test func anyOfSeveralSignaturesIsEnough() throws {
        let headers = Self.standardHeaders(signature: "v1,bm9uc2Vuc2U= v1a,abc \(Self.standardSignature)")
        #expect(try verdict(headers) == .accepted(deliveryID: Self.standardID))
    }

    @Test func onlySoManySignaturesAreLookedAt() throws {
        let many = String(repeating: "v1,bm9uc2Vuc2U= ", count: WebhookLimits.signaturesMax)
        #expect(try verdict(Self.standardHeaders(signature: many + Self.standardSignature)).isRefused)
    }

    @Test(arguments: [
        standardHeaders(id: nil), standardHeaders(id: ""), standardHeaders(timestamp: nil), standardHeaders(signature: nil),
        standardHeaders(id: "msg_other"), standardHeaders(timestamp: "1614265331"), standardHeaders(timestamp: "soon"),
        standardHeaders(timestamp: "9223372036854775807"), standardHeaders(timestamp: "-1"), standardHeaders(signature: "v1,"),
        standardHeaders(signature: "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="), standardHeaders(signature: ""),
        HTTPFields(),
    ])
    func anythingElseIsRefused(headers: HTTPFields) throws {
        #expect(try verdict(headers).isRefused)
    }

    @Test func changedBodyIsRefused() throws {
        #expect(try verdict(Self.standardHeaders(), body: Self.standardBody + " ").isRefused)
    }

    @Test(arguments: [(-301, true), (-300, false), (300, false), (301, true)])
    func timestampMayBeFiveMinutesOff(seconds: Int, isRefused: Bool) throws {
        #expect(try verdict(Self.standardHeaders(), now: Self.sent + .seconds(seconds)).isRefused == isRefused)
    }

    @Test(arguments: ["webhook-id", "webhook-timestamp", "webhook-signature"])
    func doubledHeaderIsRefused(name: String) throws {
        var headers = Self.standardHeaders()
        headers.append(HTTPField(name: .named(name), value: headers[.named(name)] ?? ""))
        #expect(try verdict(headers).isRefused)
    }

    @Test func gitHubVectorPasses() throws {
        let headers = gitHubHeaders("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
        let verdict = try verdict(headers, secret: "It's a Secret to Everybody", body: "Hello, World!")
        #expect(verdict == .accepted(deliveryID: "72d3162e"))
    }

    @Test(arguments: [
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18", "sha256=", "sha256=7571", "sha256=zz",
        "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "",
    ])
    func wrongGitHubSignatureIsRefused(signature: String) throws {
        #expect(try verdict(gitHubHeaders(signature), secret: "It's a Secret to Everybody", body: "Hello, World!").isRefused)
    }

    @Test(arguments: [("Bearer hush", false), ("bearer hush", false), ("Bearer hus", true), ("hush", true), ("Bearer ", true)])
    func bearerTokenMustMatch(authorization: String, isRefused: Bool) throws {
        let headers: HTTPFields = [.authorization: authorization]
        #expect(try verdict(headers, secret: nil, token: "hush").isRefused == isRefused)
    }

    @Test func tokenDoesNotSaveWrongSignature() throws {
        var headers = Self.standardHeaders(signature: "v1,bm9uc2Vuc2U=")
        headers[.authorization] = "Bearer hush"
        #expect(try verdict(headers, token: "hush").isRefused)
    }

    @Test func openWebhookTakesEverything() throws {
        #expect(try verdict(HTTPFields(), secret: nil) == .accepted(deliveryID: nil))
    }

    private func gitHubHeaders(_ signature: String) -> HTTPFields {
        var headers = HTTPFields()
        headers[.named("X-Hub-Signature-256")] = signature
        headers[.named("X-GitHub-Delivery")] = "72d3162e"
        return headers
    }
}

extension WebhookVerdict {
    fileprivate var isRefused: Bool {
        if case .refused = self { true } else { false }
    }
}
