import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// Ways of a request that is not Discord's, or not to be understood: refused, and nothing of it taken.
@Suite struct DiscordBadRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var status: Int
        var change: @Sendable (inout PlatformRequest) -> Void
    }

    private static let signatureName = DiscordVerifier.signatureHeader
    private static let timestampName = DiscordVerifier.timestampHeader

    private static func header(_ name: String, _ description: String, _ change: @escaping @Sendable (String) -> String) -> Case {
        Case(testDescription: "\(name): \(description)", status: 401) { request in
            request.headers = request.headers.map { $0.name == name ? (name, change($0.value)) : $0 }
        }
    }

    private static let headers: [Case] = [signatureName, timestampName].flatMap { name in
        [
            Case(testDescription: "\(name): missing", status: 401) { $0.headers.removeAll { $0.name == name } },
            Case(testDescription: "\(name): twice", status: 401) { $0.headers += $0.headers.filter { $0.name == name } },
            Case(testDescription: "\(name): a second one", status: 401) { $0.headers.append((name, "0")) },
            header(name, "empty") { _ in "" }, header(name, "a space before") { " " + $0 },
            header(name, "a space behind") { $0 + " " },
            header(name, "a digit short") { String($0.dropLast()) }, header(name, "a digit too many") { $0 + "0" },
            header(name, "two in one") { $0 + "," + $0 }, header(name, "letters") { _ in String(repeating: "z", count: 128) },
        ]
    }

    private static let signatures: [Case] = [
        header(signatureName, "in capitals") { $0.uppercased() },
        header(signatureName, "half of it") { String($0.prefix(64)) },
        header(signatureName, "the first digit changed") { ($0.hasPrefix("0") ? "1" : "0") + $0.dropFirst() },
        header(signatureName, "the last digit changed") { $0.dropLast() + ($0.hasSuffix("0") ? "1" : "0") },
        header(signatureName, "all zeros") { _ in String(repeating: "0", count: 128) },
        header(signatureName, "with a prefix") { "ed25519=" + $0 },
        header(timestampName, "a second later than signed") { "\((Int($0) ?? 0) + 1)" },
        header(timestampName, "negative") { "-" + $0 }, header(timestampName, "with a sign") { "+" + $0 },
        header(timestampName, "a fraction") { $0 + ".0" }, header(timestampName, "milliseconds") { $0 + "000" },
        header(timestampName, "beyond all dates") { _ in "99999999999999999999" },
        Case(testDescription: "a byte changed", status: 401) { $0.body[20] ^= 1 },
        Case(testDescription: "a byte more", status: 401) { $0.body.append(0x20) },
        Case(testDescription: "a byte less", status: 401) { $0.body.removeLast() },
        Case(testDescription: "an empty body", status: 401) { $0.body = [] },
        Case(testDescription: "stale", status: 401) { $0 = signed(.seconds(-301)) },
        Case(testDescription: "from the future", status: 401) { $0 = signed(.seconds(301)) },
        Case(testDescription: "asked for by GET", status: 405) { $0.method = .get },
    ]

    /// Signed at another time than it is received.
    private static func signed(_ offset: Duration) -> PlatformRequest {
        var request = StandInDiscord.signed(#"{"type":1}"#, at: DiscordFixture.now + offset)
        request.receivedAt = DiscordFixture.now
        return request
    }

    private static func body(_ description: String, _ text: String) -> Case {
        Case(testDescription: description, status: 400) { $0 = StandInDiscord.signed(text, at: DiscordFixture.now) }
    }

    private static let user = #""member":{"user":{"id":"1200000000000000007"}}"#
    private static let bodies: [Case] = [
        body("nothing", ""), body("no JSON", "type=1"), body("half of it", #"{"type":"#), body("two documents", "{}{}"),
        body("a list", "[]"),
        body("a text", #""hi""#), body("null", "null"), body("nested too deep", String(repeating: "[", count: 100_000)),
        body("no type", "{}"), body("the type is a text", #"{"type":"1"}"#),
        body("huge", #"{"type":1,"x":""# + String(repeating: "x", count: 1 << 20) + #""}"#),
        body("a command without a user", #"{"type":2,"id":"1","channel_id":"2","token":"t","data":{"name":"x"}}"#),
        body("a command without a channel", #"{"type":2,"id":"1","token":"t","data":{"name":"x"},\#(user)}"#),
        body("a command without an id", #"{"type":2,"channel_id":"2","token":"t","data":{"name":"x"},\#(user)}"#),
        body("an id that is a number", #"{"type":2,"id":1,"channel_id":"2","token":"t","data":{"name":"x"},\#(user)}"#),
        body("an id that is no id", #"{"type":2,"id":"../x","channel_id":"2","token":"t","data":{"name":"x"},\#(user)}"#),
        body("a command without a name", #"{"type":2,"id":"1","channel_id":"2","token":"t","data":{},\#(user)}"#),
        body("a name of two words", #"{"type":2,"id":"1","channel_id":"2","token":"t","data":{"name":"a b"},\#(user)}"#),
        body("a command without a token", #"{"type":2,"id":"1","channel_id":"2","data":{"name":"x"},\#(user)}"#),
        body(
            "a token that leads elsewhere",
            #"{"type":2,"id":"1","channel_id":"2","token":"../../users/@me","data":{"name":"x"},\#(user)}"#),
        body("a component without a payload", #"{"type":3,"id":"1","channel_id":"2","data":{},\#(user)}"#),
        body("a user that is a text", #"{"type":2,"id":"1","channel_id":"2","token":"t","data":{"name":"x"},"user":"ann"}"#),
        Case(testDescription: "not UTF-8", status: 401) { $0.body = Array(#"{"type":""#.utf8) + [0xFF] },
    ]

    @Test(arguments: headers + signatures + bodies)
    func isRefused(_ bad: Case) async throws {
        try await StandInDiscord.withDiscord { discord in
            let platform = try DiscordFixture.receiver()
            let good = discord.command("ping", at: DiscordFixture.now).request
            #expect(platform.receive(good).events?.count == 1)
            var request = good
            bad.change(&request)
            let reception = platform.receive(request)
            #expect(reception.refusedStatus == bad.status)
            #expect(reception.events == nil)
        }
    }

    @Test func `Without a public key nothing is taken over HTTP`() async throws {
        let platform = try DiscordFixture.receiver(["public_key": nil, "gateway": .bool(true)])
        #expect(platform.receive(StandInDiscord.signed(#"{"type":1}"#, at: DiscordFixture.now)).refusedStatus == 401)
    }

    /// The signature is RFC 8032's first key over a timestamp and a body.
    @Test func `The known signature is right`() throws {
        let body = #"{"type":1}"#
        let signature =
            "1695961a47c91a1ec033b819b7e87e3dbc583dd0cee6d1fd0216f58ac87b6228"
            + "ae531ddbf91fb7bc28d7edf7f08604da16f54624f38a6bc0614e4dc13cd47f0f"
        let request = PlatformRequest(
            headers: [(Self.timestampName, "1700000000"), (Self.signatureName, signature)], body: Array(body.utf8),
            receivedAt: Timestamp(milliseconds: 1_700_000_000_000))
        #expect(try DiscordFixture.receiver().receive(request).answer()?.body == #"{"type":1}"#)
        #expect(StandInDiscord.signed(body, at: request.receivedAt).header(Self.signatureName) == signature)
    }
}
