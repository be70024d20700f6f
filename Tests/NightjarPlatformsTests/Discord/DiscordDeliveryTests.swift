import AsyncHTTPClient
import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarPlatforms

@Suite struct DiscordDeliveryTests {
    @Test func `The first answer is the interaction's, what follows are messages`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            #expect(fixture.discord.awaited.count == 1)
            _ = try await fixture.platform.deliver(DiscordFixture.message("one", to: asked))
            _ = try await fixture.platform.deliver(DiscordFixture.message("two", to: asked))
            #expect(fixture.discord.answers.map(\.content) == ["one", "two"])
            #expect(fixture.discord.awaited.isEmpty && fixture.discord.faults.isEmpty)
            #expect(fixture.discord.count("PATCH /webhooks/:id/:token/messages/@original") == 1)
        }
    }

    @Test func `What nothing is said to does not stay "is thinking"`() async throws {
        try await DiscordFixture.run { fixture in
            let silent = try fixture.asked()
            await fixture.platform.endActivity(at: silent.address, replyRoute: silent.replyRoute ?? "")
            #expect(fixture.discord.awaited.isEmpty && fixture.discord.answers.isEmpty)
            let answered = try fixture.asked()
            _ = try await fixture.platform.deliver(DiscordFixture.message("one", to: answered))
            await fixture.platform.endActivity(at: answered.address, replyRoute: answered.replyRoute ?? "")
            #expect(fixture.discord.answers.map(\.content) == ["one"])
        }
    }

    @Test func `A process that does not know what was answered asks, and shows nothing twice`() async throws {
        try await DiscordFixture.run { first in
            let asked = try first.asked()
            let message = DiscordFixture.message("one", to: asked)
            _ = try await first.platform.deliver(message)
            let second = try first.platform(on: first.clock.engineClock)
            _ = try await second.deliver(message)
            #expect(first.discord.answers.map(\.content) == ["one"])
            _ = try await second.deliver(DiscordFixture.message("two", to: asked))
            #expect(first.discord.answers.map(\.content) == ["one", "two"])
        }
    }

    @Test func `The same message sent twice is shown once`() async throws {
        try await DiscordFixture.run { fixture in
            let message = DiscordFixture.message("hi", replyRoute: DiscordRoute(message: "1400000000000000009").text)
            let first = try await fixture.platform.deliver(message)
            #expect(try await fixture.platform.deliver(message) == first)
            #expect(fixture.discord.answers.count == 1)
            let sent = try #require(fixture.discord.calls.last?.body)
            #expect((sent["nonce"]?.string?.count ?? 99) <= 25 && sent["enforce_nonce"] == true)
            #expect(
                sent["allowed_mentions"] == ["parse": []] && sent["message_reference"]?["message_id"] == "1400000000000000009")
            _ = try await fixture.platform.deliver(DiscordFixture.message("hi"))
            #expect(fixture.discord.answers.count == 2)
        }
    }

    @Test func `When the token is old, the answer is a message`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            fixture.discord.expireInteractions()
            try await fixture.clock.engineClock.sleep(for: .seconds(20))
            _ = try await fixture.platform.deliver(DiscordFixture.message("late", to: asked))
            #expect(fixture.discord.answers.map(\.content) == ["late"])
            let other = try fixture.asked()
            try await fixture.clock.engineClock.sleep(for: .seconds(900))
            _ = try await fixture.platform.deliver(DiscordFixture.message("later", to: other))
            #expect(fixture.discord.answers.map(\.content) == ["late", "later"])
        }
    }

    @Test(arguments: [false, true])
    func `An answer that is faster than its announcement comes a little later`(isHidden: Bool) async throws {
        try await DiscordFixture.run { fixture in
            if isHidden { fixture.discord.hide(DiscordFixture.channel) }
            let asked = try fixture.asked()
            fixture.discord.expireInteractions()
            let failure = await fixture.failure(of: DiscordFixture.message("early", to: asked))
            #expect(failure?.isRetryable == true && failure?.retryAfter == .seconds(1))
            #expect(fixture.discord.answers.isEmpty)
            if isHidden { return }
            try await fixture.clock.engineClock.sleep(for: .seconds(20))
            _ = try await fixture.platform.deliver(DiscordFixture.message("early", to: asked))
            #expect(fixture.discord.answers.map(\.content) == ["early"])
        }
    }

    @Test func `Of two answers at once neither takes the other's place`() async throws {
        try await DiscordFixture.run { fixture in
            for round in 1...10 {
                let asked = try fixture.asked()
                async let one = fixture.platform.deliver(DiscordFixture.message("one \(round)", to: asked))
                async let two = fixture.platform.deliver(DiscordFixture.message("two \(round)", to: asked))
                _ = try await (one, two)
                let shown = Set(fixture.discord.answers.map(\.content))
                #expect(shown.isSuperset(of: ["one \(round)", "two \(round)"]), "\(shown)")
            }
        }
    }

    @Test func `A draft whose first showing was not heard of is shown once`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = InboundMessage(
                address: Address(platform: "discord", channel: DiscordFixture.channel, user: DiscordFixture.person), text: "hi",
                receivedAt: DiscordFixture.now)
            let first = try await fixture.platform.show(DiscordFixture.draft("one", to: asked))
            let again = try await fixture.platform.show(DiscordFixture.draft("one two", to: asked))
            #expect(first == again && fixture.discord.answers.count == 1)
        }
    }

    @Test(arguments: ["#ops", "12/../../users/@me", ""])
    func `What is no id of a channel is in no address`(channel: String) async throws {
        try await DiscordFixture.run { fixture in
            let failure = await fixture.failure(of: DiscordFixture.message("hi", channel: channel))
            #expect(failure?.isRetryable == false && failure?.message.contains("write its id") == true)
            await fixture.platform.showActivity(at: Address(platform: "discord", channel: channel, user: DiscordFixture.person), replyRoute: nil)
            #expect(fixture.discord.calls.isEmpty)
        }
    }

    @Test func `Where the bot sees nothing, what follows goes by the interaction`() async throws {
        try await DiscordFixture.run { fixture in
            fixture.discord.hide(DiscordFixture.channel)
            let asked = try fixture.asked()
            for text in ["one", "two"] { _ = try await fixture.platform.deliver(DiscordFixture.message(text, to: asked)) }
            #expect(fixture.discord.answers.map(\.content) == ["one", "two"])
            let failure = await fixture.failure(of: DiscordFixture.message("alone"))
            #expect(failure?.isRetryable == false && failure?.message.contains("Invite the bot") == true)
        }
    }

    @Test func `A draft grows in place and becomes the answer`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            let original = try await fixture.platform.show(DiscordFixture.draft("one", to: asked))
            _ = try await fixture.platform.show(DiscordFixture.draft("one two", to: asked, reference: original))
            _ = try await fixture.platform.deliver(DiscordFixture.message("one two three", to: asked, draft: original))
            #expect(fixture.discord.answers.map(\.content) == ["one two three"])
            let second = try await fixture.platform.show(DiscordFixture.draft("more", to: asked))
            _ = try await fixture.platform.deliver(DiscordFixture.message("more and more", to: asked, draft: second))
            #expect(fixture.discord.answers.map(\.content) == ["one two three", "more and more"])
            fixture.discord.delete(fixture.discord.answers[1].id)
            _ = try await fixture.platform.deliver(DiscordFixture.message("again", to: asked, draft: second))
            #expect(fixture.discord.answers.map(\.content) == ["one two three", "again"])
        }
    }

    @Test func `Nothing of a draft stays below an answer without text`() async throws {
        try await DiscordFixture.run { fixture in
            let embeds: JSONValue = [["title": "T"]]
            let asked = try fixture.asked()
            for round in 1...2 {
                let draft = try await fixture.platform.show(DiscordFixture.draft("one", to: asked))
                _ = try await fixture.platform.deliver(
                    DiscordFixture.message("", to: asked, rendered: .payload(["embeds": embeds]), draft: draft))
                #expect(fixture.discord.answers.map(\.content) == Array(repeating: "", count: round))
                #expect(fixture.discord.answers.last?.payload["embeds"] == embeds)
            }
        }
    }

    @Test func `A question has its buttons in rows of five`() async throws {
        try await DiscordFixture.run { fixture in
            let choices = (1...7).map { "choice \($0)" } + [String(repeating: "long ", count: 40)]
            let question = Question(text: "Which?", choices: choices)
            _ = try await fixture.platform.deliver(DiscordFixture.message("Which?", question: question))
            let answer = try #require(fixture.discord.answers.last)
            #expect(answer.components.count == 2 && answer.buttons.count == 8 && answer.buttons[0] == "choice 1")
            #expect(answer.buttons[7].count <= 80)
        }
    }

    @Test func `A formatter's payload is sent as it is`() async throws {
        try await DiscordFixture.run { fixture in
            let payload: JSONValue = ["content": "see", "embeds": [["title": "T"]], "allowed_mentions": ["parse": ["everyone"], "users": ["7"]]]
            _ = try await fixture.platform.deliver(DiscordFixture.message("", rendered: .payload(payload)))
            let sent = try #require(fixture.discord.calls.last?.body)
            #expect(
                sent["embeds"] == [["title": "T"]] && sent["allowed_mentions"] == ["parse": [], "users": ["7"]] && sent["nonce"] != nil)
        }
    }

    @Test func `A 429 gives its delay, and the channel waits for it while others do not`() async throws {
        try await DiscordFixture.run { fixture in
            fixture.discord.failNext("POST /channels", StandInDiscord.rateLimit(.seconds(7)))
            let failure = await fixture.failure(of: DiscordFixture.message("one"))
            #expect(failure?.isRetryable == true && failure?.retryAfter == .seconds(7))
            _ = try await fixture.platform.deliver(DiscordFixture.message("elsewhere", channel: "1300000000000000002"))
            #expect(fixture.clock.elapsed < .seconds(1))
            _ = try await fixture.platform.deliver(DiscordFixture.message("one"))
            #expect(fixture.clock.elapsed >= .seconds(7))
        }
    }

    @Test func `A global 429 holds everything up`() async throws {
        try await DiscordFixture.run { fixture in
            fixture.discord.failNext("POST /channels", StandInDiscord.rateLimit(.seconds(3), isGlobal: true))
            _ = await fixture.failure(of: DiscordFixture.message("one"))
            _ = try await fixture.platform.deliver(DiscordFixture.message("elsewhere", channel: "1300000000000000002"))
            #expect(fixture.clock.elapsed >= .seconds(3))
        }
    }

    @Test func `What a bucket says is kept to, so that nothing is refused`() async throws {
        try await DiscordFixture.run(perPeriod: 2) { fixture in
            for number in 1...2 { _ = try await fixture.platform.deliver(DiscordFixture.message("\(number)")) }
            #expect(fixture.clock.elapsed == .zero)
            // On this clock the pause is over at once, on the stand-in's it is not: what counts is that the platform has waited.
            _ = await fixture.failure(of: DiscordFixture.message("3"))
            #expect(fixture.clock.elapsed > .zero)
            _ = try await fixture.platform.deliver(DiscordFixture.message("4", channel: "1300000000000000002"))
        }
    }

    @Test func `Too many refusals stop all sending before Discord bans the address`() async throws {
        let clock = LeapingClock()
        let limits = DiscordRateLimits(clock: clock.engineClock)
        for _ in 1..<DiscordLimits.refusalsMax { #expect(!limits.noteRefusal(ofToken: false)) }
        #expect(limits.noteRefusal(ofToken: false))
        try await limits.turn(for: "POST /x", isGlobal: true, longest: nil)
        #expect(clock.elapsed >= DiscordLimits.refusalsPeriod)
    }

    @Test(arguments: [
        (StandInAnswer(status: 500, steps: [.raw("oops")]), true),
        (StandInAnswer(status: 401, steps: [.raw(#"{"code":0,"message":"401"}"#)]), true),
        (StandInAnswer(status: 403, steps: [.raw(#"{"code":50013,"message":"Missing Permissions"}"#)]), false),
        (StandInAnswer(status: 400, steps: [.raw(#"{"code":50035,"message":"Invalid Form Body"}"#)]), false),
        (StandInAnswer(status: 404, steps: [.raw("")]), false), (StandInAnswer(status: 503, steps: [.raw("")]), true),
    ])
    func `What can help is tried again`(answer: StandInAnswer, isRetryable: Bool) async throws {
        try await DiscordFixture.run { fixture in
            fixture.discord.failNext("POST /channels", answer)
            let failure = try #require(await fixture.failure(of: DiscordFixture.message("one")))
            #expect(failure.isRetryable == isRetryable)
            #expect(!failure.message.contains(StandInDiscord.botToken))
        }
    }
}
