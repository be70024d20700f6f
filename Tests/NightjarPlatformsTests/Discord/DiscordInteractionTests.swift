import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarPlatforms

/// The first answer of an interaction, which Discord knows only a moment after it has been told that one comes.
@Suite(.timeLimit(.minutes(1))) struct DiscordInteractionTests {
    private static let lookUp = "GET /webhooks/:id/:token/messages/@original"

    /// As if Discord had not read the engine's answer to the interaction yet.
    private static func delay(_ fixture: DiscordFixture, by tries: Int) {
        for _ in 0..<tries { fixture.discord.failNext(lookUp, StandInDiscord.unknownInteraction) }
    }

    @Test func `An answer that is faster than its announcement waits for it`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            Self.delay(fixture, by: 3)
            _ = try await fixture.platform.deliver(DiscordFixture.message("one", to: asked))
            #expect(fixture.discord.answers.map(\.content) == ["one"] && fixture.discord.awaited.isEmpty)
            #expect(fixture.clock.elapsed == .milliseconds(700))
            let other = try fixture.asked()
            Self.delay(fixture, by: 3)
            #expect(try await fixture.platform.show(DiscordFixture.draft("two", to: other))?.hasPrefix("@original/") == true)
            #expect(fixture.discord.answers.map(\.content) == ["one", "two"] && fixture.clock.elapsed == .milliseconds(1400))
        }
    }

    @Test func `A channel does not wait long for an interaction that stays unknown`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            fixture.discord.expireInteractions()
            #expect(await fixture.failure(of: DiscordFixture.message("early", to: asked))?.retryAfter == .seconds(1))
            #expect(fixture.clock.elapsed == DiscordLimits.answerWaitMax && fixture.discord.count(Self.lookUp) == 6)
        }
    }

    @Test func `What follows an answer that is not there yet waits as well where the bot sees nothing`() async throws {
        try await DiscordFixture.run { fixture in
            fixture.discord.hide(DiscordFixture.channel)
            let asked = try fixture.asked()
            // Somebody else gives the first answer just now.
            #expect(fixture.platform.memory.beginAnswer(try #require(DiscordRoute(asked.replyRoute).token)))
            fixture.discord.failNext("POST /webhooks", StandInDiscord.unknownInteraction, StandInDiscord.unknownInteraction)
            _ = try await fixture.platform.deliver(DiscordFixture.message("two", to: asked))
            #expect(fixture.discord.answers.map(\.content) == ["two"] && fixture.clock.elapsed == .milliseconds(300))
        }
    }
}
