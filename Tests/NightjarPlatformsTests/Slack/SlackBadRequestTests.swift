import AsyncHTTPClient
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// Requests that are refused, each beside one that is taken and differs in nothing else.
@Suite struct SlackBadRequestTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var status: Int
        var request: PlatformRequest

        var testDescription: String { name }
    }

    static let now = SlackFixture.now
    static let json = "application/json"
    static let form = "application/x-www-form-urlencoded"
    static let event = #"{"type":"event_callback","team_id":"T1","event":{"type":"app_mention","channel":"C1","user":"U1","ts":"1.1","text":"hi"}}"#
    static let command = "command=%2Fnj&text=help&user_id=U1&channel_id=C1&team_id=T1&trigger_id=1.2"
    static let interaction =
        #"{"type":"block_actions","user":{"id":"U1"},"channel":{"id":"C1"},"message":{"ts":"1.1"},"actions":[{"type":"button","value":"nj:q:0"}]}"#

    private static func signed(_ body: String, _ type: String = json) -> PlatformRequest {
        StandInSlack.signed(body, contentType: type, at: now)
    }

    private static func payload(_ text: String) -> PlatformRequest {
        signed("payload=" + text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(), form)
    }

    private static func changed(_ change: (inout PlatformRequest) -> Void) -> PlatformRequest {
        var request = signed(event)
        change(&request)
        return request
    }

    private static func header(_ name: String, _ change: @escaping (String) -> [String]) -> PlatformRequest {
        changed { request in
            let old = request.header(name) ?? ""
            request.headers.removeAll { $0.name == name }
            request.headers += change(old).map { (name, $0) }
        }
    }

    private static let signature = SlackVerifier.signatureHeader
    private static let timestamp = SlackVerifier.timestampHeader

    static let notGenuine: [Case] = [
        ("no signature", header(signature) { _ in [] }),
        ("the signature twice", header(signature) { [$0, $0] }),
        ("an empty signature", header(signature) { _ in [""] }),
        ("a truncated signature", header(signature) { [String($0.dropLast())] }),
        ("a longer signature", header(signature) { [$0 + "0"] }),
        ("a signature in capitals", header(signature) { ["v0=" + $0.dropFirst(3).uppercased()] }),
        ("a signature without its version", header(signature) { [String($0.dropFirst(3))] }),
        ("a signature of another version", header(signature) { ["v1=" + $0.dropFirst(3)] }),
        ("a signature with a space", header(signature) { [" " + $0] }),
        ("two signatures in one header", header(signature) { ["\($0),\($0)"] }),
        ("no timestamp", header(timestamp) { _ in [] }),
        ("the timestamp twice", header(timestamp) { [$0, $0] }),
        ("an empty timestamp", header(timestamp) { _ in [""] }),
        ("a timestamp that is no number", header(timestamp) { _ in ["soon"] }),
        ("a timestamp with a sign", header(timestamp) { ["+" + $0] }),
        ("a timestamp with a fraction", header(timestamp) { [$0 + ".0"] }),
        ("a timestamp below zero", header(timestamp) { _ in ["-1"] }),
        ("a timestamp that is too large", header(timestamp) { _ in ["99999999999999999999"] }),
        ("another timestamp", header(timestamp) { [String((Int($0) ?? 0) + 1)] }),
        ("a stale timestamp", StandInSlackRequest.at(now - .seconds(301), received: now)),
        ("a timestamp of the future", StandInSlackRequest.at(now + .seconds(301), received: now)),
        ("a body with another byte", changed { $0.body[20] ^= 1 }),
        ("a body with a byte more", changed { $0.body.append(0x20) }),
        ("a body with a byte less", changed { $0.body.removeLast() }),
        ("no body", changed { $0.body = [] }),
        ("another secret", StandInSlack.signed(event, contentType: json, secret: "8f742231b10e8888abcd99yyyzzz85a6", at: now)),
        ("an empty secret", StandInSlack.signed(event, contentType: json, secret: "", at: now)),
    ].map { Case(name: $0.0, status: 401, request: $0.1) }

    static let unreadable: [Case] = [
        ("no content type", header("content-type") { _ in [] }),
        ("the content type twice", header("content-type") { [$0, $0] }),
        ("another content type", signed(event, "text/plain")),
        ("a form that is said to be JSON", signed(command)),
        ("JSON that is cut off", signed(String(event.dropLast()))),
        ("an empty body", signed("")),
        ("a list", signed("[\(event)]")),
        ("null", signed("null")),
        ("no type", signed(#"{"event":{}}"#)),
        ("a type that is a number", signed(#"{"type":1}"#)),
        ("no event", signed(#"{"type":"event_callback"}"#)),
        ("an event without a type", signed(#"{"type":"event_callback","event":{}}"#)),
        ("an event that is text", signed(#"{"type":"event_callback","event":"message"}"#)),
        ("no channel", signed(event.replacing(#""channel":"C1","#, with: ""))),
        ("no timestamp of the message", signed(event.replacing(#""ts":"1.1","#, with: ""))),
        ("a channel that is an object", signed(event.replacing(#""C1""#, with: #"{"id":"C1"}"#))),
        ("a user that is a number", signed(event.replacing(#""U1""#, with: "1"))),
        ("a text that is a list", signed(event.replacing(#""hi""#, with: "[]"))),
        ("a channel that is no id", signed(event.replacing("C1", with: "C1/../x"))),
        ("a user whose id is a text", signed(event.replacing("U1", with: String(repeating: "U", count: 65)))),
        ("a handshake without a challenge", signed(#"{"type":"url_verification"}"#)),
        ("a body that is no UTF-8", StandInSlackRequest.bytes(Array(event.utf8.dropLast(4)) + [0xFF] + Array(event.utf8.suffix(4)), json, at: now)),
        ("JSON in UTF-16", StandInSlackRequest.bytes(event.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, json, at: now)),
        ("a huge body", signed(event.replacing("hi", with: String(repeating: "x", count: SlackLimits.bodyBytesMax)))),
        ("deeply nested JSON", signed(String(repeating: "[", count: 100_000))),
        ("a form with half an escape", signed(command + "%2", form)),
        ("a form with a wrong escape", signed(command + "&x=%zz", form)),
        ("a form that is no UTF-8", signed(command + "&x=%ff", form)),
        ("a form with a field twice", signed(command + "&user_id=U2", form)),
        ("a command without its name", signed(command.replacing("command", with: "comand"), form)),
        ("a command without a slash", signed(command.replacing("%2Fnj", with: "nj"), form)),
        ("a command of nobody", signed(command.replacing("user_id=U1", with: "user_id="), form)),
        ("a command from nowhere", signed(command.replacing("channel_id", with: "channel"), form)),
        ("a command without a trigger", signed(command.replacing("trigger_id", with: "trigger"), form)),
        ("an empty form", signed("", form)),
        ("an interaction that is no JSON", signed("payload=yes", form)),
        ("an interaction of nobody", payload(interaction.replacing(#""user":{"id":"U1"},"#, with: ""))),
        ("an interaction whose actions are text", payload(interaction.replacing(#"[{"type":"button","value":"nj:q:0"}]"#, with: #""x""#))),
        ("a button whose value is a number", payload(interaction.replacing(#""nj:q:0""#, with: "7"))),
    ].map { Case(name: $0.0, status: 400, request: $0.1) }

    private static let platform: SlackPlatform = {
        let context = PlatformContext(http: .shared, clock: .system, logger: .init(label: "test"))
        guard let options = try? SlackOptions(SlackFixture.definition()) else { preconditionFailure("the options are right") }
        return SlackPlatform(options, context)
    }()

    @Test(arguments: notGenuine + unreadable)
    func `What is not as it should be is refused`(bad: Case) {
        guard case .refused(let status, let code, let reason) = Self.platform.receive(bad.request) else {
            Issue.record("it was taken")
            return
        }
        #expect(status == bad.status, "\(reason)")
        #expect(code == (status == 401 ? "not_genuine" : "bad_request"))
        #expect(!reason.contains(StandInSlack.signingSecret))
    }

    @Test func `The cases are those that were meant, and the good ones beside them are taken`() {
        #expect(Self.notGenuine.count + Self.unreadable.count >= 60)
        for good in [
            Self.signed(Self.event), Self.signed(Self.event, "application/json; charset=utf-8"), Self.signed(Self.command, Self.form),
            Self.payload(Self.interaction),
        ] {
            guard case .taken(let events, _) = Self.platform.receive(good) else {
                Issue.record("it was refused: \(String(decoding: good.body, as: UTF8.self))")
                continue
            }
            #expect(events.count == 1)
        }
    }

    @Test func `A GET is no event`() {
        guard case .refused(405, _, _) = Self.platform.receive(Self.changed { $0.method = .get }) else {
            Issue.record("it was taken")
            return
        }
    }

    @Test func `Without a signing secret nothing is taken`() throws {
        var definition = SlackFixture.definition(["app_token": .string("xapp-1")])
        definition.options["signing_secret"] = nil
        let platform = SlackPlatform(
            try SlackOptions(definition), PlatformContext(http: .shared, clock: .system, logger: .init(label: "test")))
        guard case .refused(401, _, _) = platform.receive(Self.signed(Self.event)) else {
            Issue.record("it was taken")
            return
        }
    }
}

/// Requests that the stand-in has no reason to make.
enum StandInSlackRequest {
    static func at(_ moment: Timestamp, received: Timestamp) -> PlatformRequest {
        var request = StandInSlack.signed(SlackBadRequestTests.event, contentType: SlackBadRequestTests.json, at: moment)
        request.receivedAt = received
        return request
    }

    /// Signed, though it is no text.
    static func bytes(_ body: [UInt8], _ type: String, at moment: Timestamp) -> PlatformRequest {
        let timestamp = "\(moment.milliseconds / 1000)"
        let signature = SlackVerifier(secret: Secret(StandInSlack.signingSecret)).signature(of: body, timestamp: timestamp)
        return PlatformRequest(
            headers: [("content-type", type), (SlackVerifier.timestampHeader, timestamp), (SlackVerifier.signatureHeader, signature)],
            body: body, receivedAt: moment)
    }
}
