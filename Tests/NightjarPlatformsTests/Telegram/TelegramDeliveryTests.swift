import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

@Suite struct TelegramDeliveryTests {
    typealias Fixture = TelegramFixture

    @Test func aReplyIsSentInHTMLAndQuotesWhatItAnswers() async throws {
        try await Fixture.with { telegram in
            let asked = telegram.server.say("/run", from: 7, in: -5, thread: 3)["message"]?["message_id"]?.integer
            let reference = try await telegram.deliver(
                Fixture.message(.text("<b>a</b> &lt; b"), to: -5, thread: "3", quoting: asked))
            let message = try #require(telegram.server.state.answers(in: -5).first)
            #expect(reference == "\(message.id)")
            #expect(message.text == "a < b")
            #expect(message.thread == 3)
            #expect(message.quoted == asked)
            #expect(message.parameters["link_preview_options"] == ["is_disabled": .bool(true)])
        }
    }

    @Test func aQuotedMessageThatIsGoneHoldsUpNothing() async throws {
        try await Fixture.with { telegram in
            _ = try await telegram.deliver(Fixture.message(.text("hi"), quoting: 999))
            #expect(telegram.server.state.answers(in: 7).map(\.quoted) == [nil])
        }
    }

    @Test func onlyTheFirstPartQuotes() async throws {
        try await Fixture.with { telegram in
            let asked = telegram.server.say("go")["message"]?["message_id"]?.integer
            for part in 0..<2 { _ = try await telegram.deliver(Fixture.message(.parts(["one", "two"]), quoting: asked, part: part)) }
            #expect(telegram.server.state.answers(in: 7).map(\.text) == ["one", "two"])
            #expect(telegram.server.state.answers(in: 7).map(\.quoted) == [asked, nil])
        }
    }

    @Test func theEndOfADraftTakesItsPlace() async throws {
        try await Fixture.with { telegram in
            let address = Address(platform: "telegram", channel: "7", user: "7")
            let task = TaskID(rawValue: "t1")
            let first = try await telegram.platform.show(Draft(address: address, replyRoute: nil, taskID: task, text: "one"))
            let again = try await telegram.platform.show(
                Draft(address: address, replyRoute: nil, taskID: task, text: "one <i>two</i>", reference: first))
            #expect(again == first)
            let last = try await telegram.deliver(Fixture.message(.text("one two three"), draft: first))
            #expect(last == first)
            let messages = telegram.server.state.answers(in: 7)
            #expect(messages.map(\.text) == ["one two three"])
            #expect(messages.first?.edits == 2)
        }
    }

    @Test func aDraftThatIsAsItWasIsFine() async throws {
        try await Fixture.with { telegram in
            let first = try await telegram.deliver(Fixture.message(.text("same")))
            #expect(try await telegram.deliver(Fixture.message(.text("same"), draft: first)) == first)
            #expect(telegram.server.state.calls(of: "editMessageText").map(\.status) == [400])
            #expect(telegram.server.state.answers(in: 7).count == 1)
        }
    }

    @Test func aDraftThatIsGoneIsSentAnew() async throws {
        try await Fixture.with { telegram in
            let first = try #require(try await telegram.deliver(Fixture.message(.text("draft"))))
            telegram.server.delete(try #require(Int64(first)), in: 7)
            let last = try await telegram.deliver(Fixture.message(.text("answer"), draft: first))
            #expect(last != first)
            #expect(telegram.server.state.answers(in: 7).map(\.text) == ["answer"])
        }
    }

    @Test func aQuestionHasButtons() async throws {
        try await Fixture.with { telegram in
            let question = Question(text: "Deploy?", choices: ["yes", "no"])
            _ = try await telegram.deliver(Fixture.message(.text("Deploy?"), question: question))
            let buttons = telegram.server.state.answers(in: 7).first?.buttons ?? []
            #expect(buttons.map(\.text) == ["yes", "no"])
            #expect(buttons.map(\.data) == (0...1).map { QuestionChoice.payload(question: question.id, index: $0) })
        }
    }

    @Test func aFormattersTableGoesAsItIs() async throws {
        try await Fixture.with { telegram in
            let payload: JSONValue = [
                "text": "x < y", "disable_notification": .bool(true), "chat_id": 99,
                "reply_markup": ["inline_keyboard": [[["text": "b", "callback_data": "mine"]]]],
            ]
            let first = try await telegram.deliver(Fixture.message(.payload(payload), to: -5, thread: "2"))
            let message = try #require(telegram.server.state.answers(in: -5).first)
            #expect(message.source == "x < y")
            #expect(message.thread == 2)
            #expect(message.parseMode == nil)
            #expect(message.buttons.map(\.data) == ["mine"])
            #expect(telegram.server.state.answers(in: 99).isEmpty)
            _ = try await telegram.deliver(Fixture.message(.payload(["text": "changed"]), to: -5, thread: "2", draft: first))
            #expect(telegram.server.state.answers(in: -5).map(\.text) == ["changed"])
        }
    }

    @Test(arguments: [["a", "b"], [:], ["text": 5], "text"] as [JSONValue])
    func aTableThatIsNoMessageIsRefusedAtOnce(payload: JSONValue) async throws {
        try await Fixture.with { telegram in
            let error = try #require(await telegram.refusal(of: Fixture.message(.payload(payload))))
            #expect(!error.isRetryable)
            #expect(telegram.server.state.calls.isEmpty)
        }
    }

    @Test(arguments: ["", " \n", "<b></b>", "<i> </i>&#32;"])
    func emptyTextIsNeverSent(text: String) async throws {
        try await Fixture.with { telegram in
            #expect(try await telegram.deliver(Fixture.message(.text(text))) == nil)
            let address = Address(platform: "telegram", channel: "7", user: "7")
            _ = try await telegram.platform.show(Draft(address: address, replyRoute: nil, taskID: .random(), text: text))
            #expect(telegram.server.state.calls.isEmpty)
        }
    }

    @Test(arguments: [
        ("<b>open &amp; <i>wrong</b>", "open & wrong"), ("a <marquee>b</marquee> &lt;c&gt;", "a b <c>"), ("1 < 2", "1 < 2"),
    ])
    func markupThatCannotBeReadIsSentAsPlainText(html: String, text: String) async throws {
        try await Fixture.with { telegram in
            _ = try await telegram.deliver(Fixture.message(.text(html)))
            let message = try #require(telegram.server.state.answers(in: 7).first)
            #expect(message.text == text)
            #expect(message.parseMode == nil)
            #expect(telegram.server.state.calls.map(\.status) == [400, 200])
            #expect(telegram.logText.contains("could not read a message's markup"))
        }
    }

    @Test func plainTextIsTriedOnce() async throws {
        try await Fixture.with { telegram in
            let refusal = StandInTelegram.refusal(status: 400, "Bad Request: can't parse entities: whatever")
            telegram.server.failNext("sendMessage", refusal, refusal)
            let error = try #require(await telegram.refusal(of: Fixture.message(.text("<b>x</b>"))))
            #expect(!error.isRetryable)
            #expect(telegram.server.state.calls.count == 2)
        }
    }

    @Test func aGroupThatMovedIsFollowedAndRemembered() async throws {
        try await Fixture.with { telegram in
            telegram.server.migrate(-5, to: -100_5)
            _ = try await telegram.deliver(Fixture.message(.text("one"), to: -5))
            _ = try await telegram.deliver(Fixture.message(.text("two"), to: -5))
            #expect(telegram.server.state.answers(in: -100_5).map(\.text) == ["one", "two"])
            #expect(telegram.server.state.calls.map(\.status) == [400, 200, 200])
            #expect(telegram.logText.contains("has a new id"))
        }
    }

    @Test func choicesAndActivityAreShownWhereTheyBelong() async throws {
        try await Fixture.with { telegram in
            let address = Address(platform: "telegram", channel: "-5", thread: "2", user: "7")
            await telegram.platform.showActivity(at: address, replyRoute: nil)
            await telegram.platform.showActivity(at: address, replyRoute: nil)
            let calls = telegram.server.state.calls(of: "sendChatAction")
            #expect(calls.map(\.parameters) == [["action": "typing", "chat_id": -5, "message_thread_id": 2]])
            #expect(calls.map(\.status) == [200])
        }
    }

    @Test func draftsArePacedByTheKindOfChat() async throws {
        try await Fixture.with { telegram in
            func pause(_ channel: String) -> Duration? {
                telegram.platform.draftPause(at: Address(platform: "telegram", channel: channel, user: "7"))
            }
            #expect(pause("7") == .milliseconds(1500))
            #expect(pause("-7") == .seconds(3))
            #expect(pause("@room") == .seconds(3))
        }
        try await Fixture.with(["drafts": .bool(false)]) { telegram in
            #expect(telegram.platform.draftPause(at: Address(platform: "telegram", channel: "7", user: "7")) == nil)
        }
    }

    @Test func aPersonWhoBlocksTheBotEndsNobodysDrafts() async throws {
        let draft = Draft(
            address: Address(platform: "telegram", channel: "7", user: "7"), replyRoute: nil, taskID: TaskID(rawValue: "t"), text: "so far")
        try await Fixture.with(["native_drafts": .bool(true)], hasNativeDrafts: true) { telegram in
            telegram.server.failNext("sendMessageDraft", StandInTelegram.refusal(status: 403, "Forbidden: bot was blocked by the user"))
            await #expect(throws: DeliveryError.self) { try await telegram.platform.show(draft) }
            _ = try await telegram.platform.show(draft)
            #expect(telegram.server.state.nativeDrafts[7] == "so far")
        }
    }

    @Test func nativeDraftsAreUsedWhereTheyAreWantedAndThere() async throws {
        let draft = Draft(
            address: Address(platform: "telegram", channel: "7", user: "7"), replyRoute: nil, taskID: TaskID(rawValue: "t"),
            text: "<b>so far</b>")
        try await Fixture.with(["native_drafts": .bool(true)], hasNativeDrafts: true) { telegram in
            let reference = try await telegram.platform.show(draft)
            #expect(telegram.server.state.nativeDrafts[7] == "so far")
            _ = try await telegram.deliver(Fixture.message(.text("done"), draft: reference))
            #expect(telegram.server.state.answers(in: 7).map(\.text) == ["done"])
            var group = draft
            group.address.channel = "-5"
            _ = try await telegram.platform.show(group)
            #expect(telegram.server.state.answers(in: -5).map(\.text) == ["so far"])
        }
        try await Fixture.with(["native_drafts": .bool(true)]) { telegram in
            for _ in 0..<2 { _ = try await telegram.platform.show(draft) }
            #expect(telegram.server.state.calls(of: "sendMessageDraft").count == 1)
            #expect(telegram.server.state.answers(in: 7).count == 2)
        }
    }
}
