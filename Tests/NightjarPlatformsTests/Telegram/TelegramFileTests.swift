import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarPlatforms

@Suite struct TelegramFileTests {
    private typealias Fixture = TelegramFixture

    private func message(_ comment: String) -> OutboundMessage {
        let file = OutboundFile(name: "a.txt", content: Array("x".utf8))
        let entry = OutboxEntry(
            address: Address(platform: "telegram", channel: "7", user: "7"), content: .file(file, comment: comment),
            createdAt: Timestamp(milliseconds: 0))
        return OutboundMessage(entry, rendered: .text(comment))
    }

    /// The comment is too long to be the file's caption.
    @Test func aFileThatIsTriedAgainDoesNotRepeatItsComment() async throws {
        let message = message(String(repeating: "word ", count: 300))
        try await Fixture.with { telegram in
            telegram.server.failNext("sendDocument", StandInTelegram.refusal(status: 502, "Bad Gateway"))
            #expect(await telegram.refusal(of: message)?.isRetryable == true)
            _ = try await telegram.deliver(message)
            #expect(telegram.server.state.answers(in: 7).count == 2)
        }
    }

    @Test func aCaptionThatCannotBeReadIsSentAsPlainText() async throws {
        try await Fixture.with { telegram in
            _ = try await telegram.deliver(message("<b>open &amp; <i>wrong</b>"))
            let answers = telegram.server.state.answers(in: 7)
            #expect(answers.map(\.text) == ["open & wrong"] && answers.first?.parseMode == nil)
            #expect(answers.first?.file?.content == "x")
            #expect(telegram.server.state.calls.map(\.status) == [400, 200])
        }
    }

    @Test func aFileWithoutACaptionIsNoEmptyMessage() async throws {
        try await Fixture.with { telegram in
            telegram.server.failNext("sendDocument", StandInTelegram.refusal(status: 400, "Bad Request: can't parse entities: whatever"))
            _ = try await telegram.deliver(message(""))
            #expect(telegram.server.state.answers(in: 7).map(\.file?.content) == ["x"])
        }
    }

    @Test func aFileIsTriedWithoutItsMarkupOnce() async throws {
        try await Fixture.with { telegram in
            let refusal = StandInTelegram.refusal(status: 400, "Bad Request: can't parse entities: whatever")
            telegram.server.failNext("sendDocument", refusal, refusal)
            #expect(await telegram.refusal(of: message("<b>x</b>"))?.isRetryable == false)
            #expect(telegram.server.state.calls.count == 2)
        }
    }
}
