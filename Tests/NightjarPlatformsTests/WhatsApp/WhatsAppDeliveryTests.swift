import NightjarEngine
@testable import NightjarPlatforms
import NightjarTesting
import Testing

@Suite struct WhatsAppDeliveryTests {
    private static let person = WhatsAppFixture.person

    @Test func messageArrivesWithItsQuote() async throws {
        try await WhatsAppFixture.run { fixture in
            #expect(try await fixture.platform.deliver(WhatsAppFixture.message(.text("hi 👋"), quoting: "wamid.1")) == nil)
            let message = try #require(fixture.standIn.messages.first)
            #expect(message.text == "hi 👋")
            #expect(message.recipient == Self.person)
            #expect(message.quotes == "wamid.1")
            let request = fixture.standIn.provider.activity.requests[0]
            #expect(request.path == "/v23.0/106540352242922/messages")
            #expect(request.headers["authorization"] == "Bearer EAAstandin")
            #expect(request.json["text"]?["preview_url"] == false)
        }
    }

    @Test func longTextWithEmojiArrivesWhole() async throws {
        let text = String(repeating: "é👋", count: 1300)
        try await WhatsAppFixture.run { fixture in
            try await fixture.platform.deliver(WhatsAppFixture.message(.text(text)))
            #expect(fixture.standIn.messages.first?.text == text)
        }
    }

    @Test(arguments: [["Yes", "No"], ["a choice that is too long for a button", "b"]])
    func questionArrives(choices: [String]) async throws {
        try await WhatsAppFixture.run { fixture in
            try await fixture.platform.deliver(WhatsAppFixture.question("Deploy?", choices))
            let message = try #require(fixture.standIn.messages.first)
            #expect(message.buttons.map(\.title) == (choices[0] == "Yes" ? choices : []))
            #expect(message.text.contains("Deploy?"))
            #expect(message.text.contains("2. b") == (choices[1] == "b"))
        }
    }

    @Test func pressOfTheButtonComesBackAsItsChoice() async throws {
        try await WhatsAppFixture.run { fixture in
            try await fixture.platform.deliver(WhatsAppFixture.question("Deploy?", ["Yes", "No"]))
            let message = try #require(fixture.standIn.messages.first)
            let reception = fixture.platform.receive(fixture.standIn.press(message.buttons[1], of: message, from: Self.person).request)
            let address = Address(platform: "whatsapp", channel: Self.person, user: Self.person)
            #expect(reception.events == [.choice(QuestionChoice(question: "q1", index: 1, address: address))])
        }
    }

    @Test func longQuestionIsNotAskedTwiceWhenItsButtonsFail() async throws {
        let message = WhatsAppFixture.question(String(repeating: "x", count: 2000), ["Yes", "No"])
        let clock = VirtualClock()
        try await WhatsAppFixture.run(clock: .virtual(clock)) { fixture in
            fixture.standIn.limit(1, for: Self.person)
            async let first = fixture.failure(of: message)
            await clock.waitForSleepers(1)
            await clock.advance(by: WhatsAppLimits.sendInterval)
            #expect(await first?.isRetryable == true)
            #expect(fixture.standIn.messages.count == 1)
            fixture.standIn.limit(nil, for: Self.person)
            async let second = fixture.platform.deliver(message)
            await clock.waitForSleepers(1)
            await clock.advance(by: WhatsAppLimits.pairPause)
            _ = try await second
            #expect(fixture.standIn.messages.map(\.buttons.count) == [0, 2])
        }
    }

    @Test func fullConversationHoldsUpNoOther() async throws {
        let clock = VirtualClock()
        try await WhatsAppFixture.run(clock: .virtual(clock)) { fixture in
            fixture.standIn.limit(0, for: Self.person)
            let error = try #require(await fixture.failure(of: WhatsAppFixture.message(.text("hi"))))
            #expect(error.isRetryable)
            await clock.advance(by: WhatsAppLimits.sendInterval)
            try await fixture.platform.deliver(WhatsAppFixture.message(.text("hello"), to: "4915112345"))
            #expect(fixture.standIn.messages.map(\.text) == ["hello"])
        }
    }

    @Test func waitThatWhatsAppWishesForIsKept() async throws {
        try await WhatsAppFixture.run { fixture in
            fixture.standIn.failNext(StandInWhatsApp.error(4, status: 429, headers: ["retry-after": "30"]))
            let error = try #require(await fixture.failure(of: WhatsAppFixture.message(.text("hi"))))
            #expect(error.isRetryable)
            #expect(error.retryAfter == .seconds(30))
        }
    }

    @Test func formattersTableArrives() async throws {
        let payload: JSONValue = ["type": "template", "template": ["name": "hello", "language": ["code": "en_US"]]]
        try await WhatsAppFixture.run { fixture in
            fixture.standIn.closeWindow(of: Self.person)
            try await fixture.platform.deliver(WhatsAppFixture.message(.payload(payload)))
            #expect(fixture.standIn.messages.map(\.text) == ["[template hello]"])
        }
    }

    // MARK: Failures

    @Test func closedWindowIsFinalAndExplained() async throws {
        try await WhatsAppFixture.run { fixture in
            fixture.standIn.closeWindow(of: Self.person)
            let error = try #require(await fixture.failure(of: WhatsAppFixture.message(.text("hi"))))
            #expect(!error.isRetryable)
            #expect(error.message.contains("24 hours") && error.message.contains("template"))
        }
    }

    @Test func wrongTokenIsFinalAndNotShown() async throws {
        var account = StandInWhatsApp.Account()
        account.accessToken = "EAAexpired"
        try await StandInWhatsApp.withStandIn { standIn in
            let platform = try WhatsAppFixture.receiver(account, ["api_url": .string(standIn.baseURL)])
            let error = await #expect(throws: DeliveryError.self) { try await platform.deliver(WhatsAppFixture.message(.text("hi"))) }
            #expect(error?.isRetryable == false)
            #expect(error?.message.contains("190") == true)
            #expect(error?.message.contains("EAA") == false)
            #expect(standIn.messages.isEmpty)
        }
    }

    @Test(arguments: [
        StandInAnswer(status: 500, steps: [.raw("oops")]), StandInAnswer(status: 503, steps: [.raw("{}")]),
        StandInAnswer(steps: [.drop]), StandInAnswer(steps: [.raw(#"{"messages":[{"#), .drop]),
        StandInAnswer(steps: [.raw(#"{"messages":[]}"#)]), StandInAnswer(steps: [.raw("<html>")]), StandInWhatsApp.error(131_000, status: 500),
    ])
    func failuresThatPassAreTriedAgain(answer: StandInAnswer) async throws {
        try await WhatsAppFixture.run { fixture in
            fixture.standIn.failNext(answer)
            let error = try #require(await fixture.failure(of: WhatsAppFixture.message(.text("hi"))))
            #expect(error.isRetryable)
            #expect(error.retryAfter == nil)
            try await fixture.platform.deliver(WhatsAppFixture.message(.text("hi")))
            #expect(fixture.standIn.messages.map(\.text) == ["hi"])
        }
    }

    @Test func redirectIsNotFollowed() async throws {
        try await WhatsAppFixture.run { fixture in
            fixture.standIn.failNext(
                StandInAnswer(status: 302, headers: ["location": "\(fixture.standIn.baseURL)/v23.0/106540352242922/messages"], steps: [.raw("")]))
            #expect(await fixture.failure(of: WhatsAppFixture.message(.text("hi")))?.isRetryable == false)
            #expect(fixture.standIn.provider.activity.requests.count == 1)
        }
    }

    @Test func serverThatIsDownIsTriedAgain() async throws {
        // Nothing listens at the lowest port.
        try await WhatsAppFixture.run(url: "http://127.0.0.1:1") { fixture in
            let error = try #require(await fixture.failure(of: WhatsAppFixture.message(.text("hi"))))
            #expect(error.isRetryable)
            #expect(!error.message.contains("127.0.0.1"))
        }
    }

    // MARK: Activity

    @Test func indicatorIsShownOnceInAWhile() async throws {
        try await WhatsAppFixture.run { fixture in
            _ = fixture.standIn.says("hi", from: Self.person, id: "wamid.1")
            let address = Address(platform: "whatsapp", channel: Self.person, user: Self.person)
            for _ in 1...3 { await fixture.platform.showActivity(at: address, replyRoute: WhatsAppRoute(message: "wamid.1").text) }
            await fixture.platform.showActivity(at: address, replyRoute: nil)
            #expect(fixture.standIn.indicators == ["wamid.1"])
            #expect(fixture.standIn.provider.activity.requests.count == 1)
        }
    }

    @Test func indicatorMayFail() async throws {
        try await WhatsAppFixture.run { fixture in
            fixture.standIn.failNext(StandInAnswer(steps: [.drop]))
            let address = Address(platform: "whatsapp", channel: Self.person, user: Self.person)
            await fixture.platform.showActivity(at: address, replyRoute: WhatsAppRoute(message: "wamid.1").text)
            #expect(fixture.standIn.indicators.isEmpty)
        }
    }
}
