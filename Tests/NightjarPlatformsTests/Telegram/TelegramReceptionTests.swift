import AsyncHTTPClient
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// Requests to the webhook: what is refused, and with which status.
@Suite struct TelegramReceptionTests {
    static let secret = "S3cret_token-1"
    static let header = "x-telegram-bot-api-secret-token"
    static let good = """
        {"update_id":1,"message":{"message_id":2,"date":1,"chat":{"id":7,"type":"private"},"from":{"id":7,"is_bot":false},"text":"hello"}}
        """

    static func platform(_ mode: String = "webhook") throws -> TelegramPlatform {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let context = PlatformContext(http: .shared, clock: .system, logger: logger)
        let options: [String: PlatformDefinition.Option] = ["mode": .string(mode), "secret_token": .secret(Secret(secret))]
        return TelegramPlatform(try .sample(options), context)
    }

    static func request(
        _ headers: [(String, String)] = [(header, secret)], body: [UInt8] = Array(good.utf8), method: PlatformRequest.Method = .post
    ) -> PlatformRequest {
        PlatformRequest(
            method: method, headers: headers.map { (name: $0.0, value: $0.1) }, body: body, receivedAt: Timestamp(milliseconds: 5))
    }

    /// - Returns: nil when it is taken.
    private func status(_ request: PlatformRequest, mode: String = "webhook") throws -> Int? {
        if case .refused(let status, _, let reason) = try Self.platform(mode).receive(request) {
            #expect(!reason.contains(Self.secret))
            return status
        }
        return nil
    }

    @Test func theGoodOneIsTaken() throws {
        guard case .taken(let events, let answer) = try Self.platform().receive(Self.request()) else {
            Issue.record("it is refused")
            return
        }
        #expect(events.count == 1)
        #expect(answer([.accepted]) == PlatformAnswer())
    }

    @Test(
        arguments: [
            [], [(header, "")], [(header, "wrong")], [(header, "s3CRET_TOKEN-1")], [(header, "S3cret_token-")], [(header, "S3cret_token-12")],
            [(header, " S3cret_token-1")], [(header, "Bearer S3cret_token-1")], [(header, secret), (header, secret)],
            [(header, secret), (header, "other")], [("x-telegram-bot-api-secret", secret)], [("authorization", "Bearer \(secret)")],
            [("x-hub-signature-256", secret)], [(header, "S3cret_tokem-1")], [(header, "\u{FEFF}S3cret_token-1")],
        ] as [[(String, String)]])
    func whatDoesNotCarryTheSecretIsNotGenuine(headers: [(String, String)]) throws {
        #expect(try status(Self.request(headers)) == 401)
    }

    @Test(arguments: [
        "", " ", "null", "1", "\"update\"", "[]", "[{\"update_id\":1}]", "{", "{}", "{\"update_id\":1", "{\"update_id\":1}}",
        "{\"update_id\":\"1\"}", "{\"update_id\":1.5}", "{\"update_id\":null}", "{\"update_id\":true}",
        "{\"update_id\":99999999999999999999}", "{\"update_id\":1,\"message\":\"hello\"}", "{\"update_id\":1,\"message\":[]}",
        "{\"update_id\":1,\"message\":{}}", "{\"update_id\":1,\"message\":{\"message_id\":1}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":7}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{}}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":\"7\"}}}",
        "{\"update_id\":1,\"message\":{\"message_id\":\"1\",\"chat\":{\"id\":7}}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":7},\"from\":\"ann\"}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":7},\"from\":{\"id\":\"7\"}}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":7},\"from\":{\"id\":7,\"is_bot\":\"no\"}}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":7},\"from\":{\"id\":7},\"text\":1}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":7},\"from\":{\"id\":7},\"text\":{\"a\":1}}}",
        "{\"update_id\":1,\"message\":{\"message_id\":1,\"chat\":{\"id\":7},\"message_thread_id\":\"x\",\"text\":\"a\"}}",
        "{\"update_id\":1,\"callback_query\":{\"id\":1,\"from\":{\"id\":7}}}", "{\"update_id\":1,\"callback_query\":{\"id\":\"1\"}}",
        "{\"update_id\":1,\"callback_query\":{\"id\":\"1\",\"from\":{\"id\":7},\"data\":5}}", "update_id=1", "<update/>",
        "{'update_id':1}", "{\"update_id\":1,\"message\":{\"text\":\"\\ud800\"}}",
    ])
    func whatIsNoUpdateIsABadRequest(body: String) throws {
        #expect(try status(Self.request(body: Array(body.utf8))) == 400)
    }

    @Test(
        arguments: [
            [0xFF, 0xFE], [0x80], Array(good.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
            Array(good.utf8.dropLast(4)) + [0xC3, 0x28],
            Array(good.utf8) + [0], Array(good.utf8.prefix(60)),
            Array(String(repeating: "[", count: 100_000).utf8), Array(String(repeating: "{\"message\":", count: 100_000).utf8),
        ] as [[UInt8]])
    func bytesThatAreNoTextAreABadRequest(body: [UInt8]) throws {
        #expect(try status(Self.request(body: body)) == 400)
    }

    @Test func otherMethodsAndModesAreRefused() throws {
        #expect(try status(Self.request(method: .get)) == 405)
        #expect(try status(Self.request([], method: .get)) == 401)
        #expect(try status(Self.request(), mode: "polling") == 404)
    }

    @Test func aBodyOfAMegabyteIsReadInTime() throws {
        let text = String(repeating: "x", count: 1 << 20)
        let body = Self.good.replacing("hello", with: text)
        let start = ContinuousClock.now
        let refused = try status(Self.request(body: Array(body.utf8)))
        let duration = ContinuousClock.now - start
        #expect(refused == nil)
        #expect(duration < .seconds(10))
    }

    @Test func beforeTheBotsNameIsKnownTelegramComesAgain() throws {
        let body = Array(Self.good.replacing("hello", with: "/run@nightjar_bot agent x").utf8)
        let platform = try Self.platform()
        guard case .refused(let status, _, _) = platform.receive(Self.request(body: body)) else {
            Issue.record("it is taken")
            return
        }
        #expect(status == 503)
        platform.username = "nightjar_bot"
        guard case .taken(let events, _) = platform.receive(Self.request(body: body)), case .message(let message) = events.first else {
            Issue.record("it is refused")
            return
        }
        #expect(message.text == "/run agent x")
    }

    @Test func aPressIsAnsweredInTheResponse() throws {
        let payload = QuestionChoice.payload(question: "q", index: 1)
        let body = """
            {"update_id":1,"callback_query":{"id":"c1","from":{"id":7},"data":"\(payload)",
            "message":{"message_id":2,"chat":{"id":-5},"message_thread_id":3,"is_topic_message":true}}}
            """
        guard case .taken(let events, let answer) = try Self.platform().receive(Self.request(body: Array(body.utf8))) else {
            Issue.record("it is refused")
            return
        }
        let address = Address(platform: "telegram", channel: "-5", thread: "3", user: "7")
        #expect(events == [.choice(QuestionChoice(question: "q", index: 1, address: address))])
        #expect(
            answer([.chosen("yes")])
                == .json(["method": "answerCallbackQuery", "callback_query_id": "c1", "text": "✓ yes"]))
        #expect(
            answer([.refused("too late")])
                == .json(["method": "answerCallbackQuery", "callback_query_id": "c1", "text": "too late"]))
    }

    @Test(arguments: [
        #"{"id":"c1","from":{"id":7},"data":"other","message":{"message_id":2,"chat":{"id":7}}}"#,
        #"{"id":"c1","from":{"id":7},"data":"nj:q:0"}"#, #"{"id":"c1","from":{"id":7},"message":{"message_id":2,"chat":{"id":7}}}"#,
        #"{"id":"c1","from":{"id":7,"is_bot":true},"data":"nj:q:0","message":{"message_id":2,"chat":{"id":7}}}"#,
    ])
    func aPressOfNothingIsAnsweredAllTheSame(query: String) throws {
        let body = #"{"update_id":1,"callback_query":\#(query)}"#
        guard case .taken(let events, let answer) = try Self.platform().receive(Self.request(body: Array(body.utf8))) else {
            Issue.record("it is refused")
            return
        }
        #expect(events == [])
        #expect(answer([]) == .json(["method": "answerCallbackQuery", "callback_query_id": "c1"]))
    }
}
