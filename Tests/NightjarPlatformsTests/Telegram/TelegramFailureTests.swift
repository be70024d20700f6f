import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// Deliveries that Telegram does not take.
@Suite struct TelegramFailureTests {
    typealias Fixture = TelegramFixture

    @Test func tooManyRequestsWaitAsLongAsTelegramWants() async throws {
        try await Fixture.with { telegram in
            let refusal = StandInTelegram.refusal(status: 429, "Too Many Requests: retry after 35", retryAfter: 35)
            telegram.server.failNext("sendMessage", refusal)
            let error = try #require(await telegram.refusal(of: Fixture.message(.text("hi"))))
            #expect(error.isRetryable)
            #expect(error.retryAfter == .seconds(35))
            // Another chat goes on; this one is left in peace, drafts too.
            _ = try await telegram.deliver(Fixture.message(.text("other"), to: 8))
            #expect(telegram.clock.elapsed < .seconds(2))
            let address = Address(platform: "telegram", channel: "7", user: "7")
            let draft = Draft(address: address, replyRoute: nil, taskID: .random(), text: "draft")
            await #expect(throws: DeliveryError.self) { () async throws in _ = try await telegram.platform.show(draft) }
            await telegram.platform.showActivity(at: address, replyRoute: nil)
            _ = try await telegram.deliver(Fixture.message(.text("hi")))
            #expect(telegram.clock.elapsed >= .seconds(35))
            #expect(telegram.server.state.calls.map(\.method) == ["sendMessage", "sendMessage", "sendMessage"])
            #expect(telegram.server.state.answers(in: 7).map(\.text) == ["hi"])
        }
    }

    @Test(arguments: [
        (400, "Bad Request: chat not found", false), (400, "Bad Request: message is too long", false),
        (400, "Bad Request: message thread not found", false), (403, "Forbidden: bot was blocked by the user", false),
        (403, "Forbidden: bot was kicked from the supergroup chat", false), (401, "Unauthorized", false), (404, "Not Found", false),
        (500, "Internal Server Error", true), (502, "Bad Gateway", true), (429, "Too Many Requests: retry after 1", true),
    ])
    func refusalsAreClassified(status: Int, words: String, isRetryable: Bool) async throws {
        try await Fixture.with { telegram in
            telegram.server.failNext("sendMessage", StandInTelegram.refusal(status: status, words))
            let error = try #require(await telegram.refusal(of: Fixture.message(.text("hi"))))
            #expect(error.isRetryable == isRetryable)
            #expect(error.message.contains(words))
            #expect(telegram.server.state.calls.count == 1)
        }
    }

    @Test func whoBlockedTheBotIsNotTriedAgain() async throws {
        try await Fixture.with { telegram in
            telegram.server.block(by: 7)
            #expect(await telegram.refusal(of: Fixture.message(.text("hi")))?.isRetryable == false)
        }
    }

    @Test(arguments: [
        StandInAnswer(status: 502, steps: [.raw("<html>Bad Gateway</html>")]), StandInAnswer(status: 404, steps: [.raw("nothing here")]),
        StandInAnswer(steps: [.raw("{\"ok\":tr"), .drop]), StandInAnswer(steps: [.raw("{\"ok\":tr")]), StandInAnswer(steps: [.drop]),
        StandInAnswer(steps: [.raw("")]), StandInAnswer(status: 302, headers: ["location": "/elsewhere"], steps: [.raw("")]),
    ])
    func whatIsNoAnswerIsTriedAgain(answer: StandInAnswer) async throws {
        try await Fixture.with { telegram in
            telegram.server.failNext("sendMessage", answer)
            #expect(await telegram.refusal(of: Fixture.message(.text("hi")))?.isRetryable == true)
            _ = try await telegram.deliver(Fixture.message(.text("hi")))
            #expect(telegram.server.state.answers(in: 7).count == 1)
        }
    }

    @Test func aMessageThatWasTakenIsNotSentAgainForAnOddAnswer() async throws {
        try await Fixture.with { telegram in
            telegram.server.failNext("sendMessage", StandInAnswer(steps: [.raw(#"{"ok":true,"result":true}"#)]))
            let reference = try await telegram.deliver(Fixture.message(.text("hi")))
            #expect(reference == nil)
        }
    }

    @Test func whenNobodyListensItIsTriedAgain() async throws {
        try await Fixture.with(["api_url": .string("http://127.0.0.1:1")]) { telegram in
            let error = try #require(await telegram.refusal(of: Fixture.message(.text("hi"))))
            #expect(error.isRetryable)
            #expect(error.message.contains("refused"))
        }
    }

    /// The token is part of every address, and a proxy may repeat that.
    @Test func theTokenIsNeverShown() async throws {
        try await Fixture.with(["bot_token": .secret(Secret("123456:very-secret"))]) { telegram in
            var errors: [String] = []
            func fail() async { errors.append(await telegram.refusal(of: Fixture.message(.text("hi")))?.message ?? "") }
            await fail()
            let echo = "Bad Request: there is no /bot123456:very-secret/sendMessage"
            telegram.server.failNext("sendMessage", StandInTelegram.refusal(status: 400, echo))
            // The stand-in knows another token, so it is asked nothing that was scripted; what it says names none.
            await fail()
            try await Fixture.with(["bot_token": .secret(Secret("123456:very-secret")), "api_url": .string("http://127.0.0.1:1")]) {
                errors.append(await $0.refusal(of: Fixture.message(.text("hi")))?.message ?? "")
                errors.append($0.logText)
            }
            errors.append(telegram.logText)
            errors.append("\(telegram.platform.options)")
            #expect(errors.allSatisfy { !$0.contains("very-secret") }, "\(errors)")
        }
        try await Fixture.with { telegram in
            let echo = "Bad Request: there is no /bot\(telegram.server.token)/sendMessage"
            telegram.server.failNext("sendMessage", StandInTelegram.refusal(status: 400, echo))
            let error = try #require(await telegram.refusal(of: Fixture.message(.text("hi"))))
            #expect(error.message.contains("/bot••••/sendMessage"))
        }
    }

    @Test func oneChatGetsAMessageASecondAndAGroupTwentyAMinute() async throws {
        try await Fixture.with { telegram in
            for _ in 0..<3 { _ = try await telegram.deliver(Fixture.message(.text("hi"))) }
            #expect(telegram.clock.elapsed == .seconds(2))
            for chat in 100..<120 { _ = try await telegram.deliver(Fixture.message(.text("hi"), to: Int64(chat))) }
            #expect(telegram.clock.elapsed == .seconds(2))
        }
        try await Fixture.with { telegram in
            for _ in 0..<20 { _ = try await telegram.deliver(Fixture.message(.text("hi"), to: -5)) }
            #expect(telegram.clock.elapsed == .seconds(19))
            _ = try await telegram.deliver(Fixture.message(.text("hi"), to: -5))
            #expect(telegram.clock.elapsed == .seconds(60))
        }
    }
}
