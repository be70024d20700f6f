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

    /// Waits until so many wait on a clock; what goes over the network takes none of its time.
    private func until(_ clock: VirtualClock, sleeps count: Int) async throws {
        while clock.sleeperCount < count { try await Task.sleep(for: .milliseconds(2)) }
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

    @Test func `"Is thinking" of a silent handler goes, however fast it was`() async throws {
        try await DiscordFixture.run { fixture in
            let silent = try fixture.asked()
            Self.delay(fixture, by: 6)
            await fixture.platform.endActivity(at: silent.address, replyRoute: silent.replyRoute ?? "")
            #expect(fixture.discord.awaited.isEmpty && fixture.discord.answers.isEmpty)
            #expect(fixture.clock.elapsed == .milliseconds(6300))
        }
    }

    @Test func `What Discord never learns of is not asked for without end`() async throws {
        try await DiscordFixture.run { fixture in
            let silent = try fixture.asked()
            fixture.discord.expireInteractions()
            await fixture.platform.endActivity(at: silent.address, replyRoute: silent.replyRoute ?? "")
            #expect(fixture.clock.elapsed == DiscordLimits.activityEndWaitMax)
            try await fixture.clock.engineClock.sleep(for: DiscordLimits.deferralTime)
            let count = fixture.discord.count(Self.lookUp)
            await fixture.platform.endActivity(at: silent.address, replyRoute: silent.replyRoute ?? "")
            #expect(fixture.discord.count(Self.lookUp) == count + 1)
        }
    }

    @Test func `An answer that comes before "is thinking" has gone takes its place and stays`() async throws {
        try await DiscordFixture.run { fixture in
            let clock = VirtualClock()
            let platform = try fixture.platform(on: .virtual(clock))
            let asked = try fixture.asked()
            Self.delay(fixture, by: 1)
            async let end: Void = platform.endActivity(at: asked.address, replyRoute: asked.replyRoute ?? "")
            try await until(clock, sleeps: 1)
            _ = try await platform.deliver(DiscordFixture.message("after all", to: asked))
            await clock.advance(by: DiscordLimits.activityEndWaitMax)
            await end
            #expect(fixture.discord.answers.map(\.content) == ["after all"] && fixture.discord.awaited.isEmpty)
            #expect(fixture.discord.count("PATCH /webhooks/:id/:token/messages/@original") == 1)
        }
    }

    @Test func `Who waits for an interaction ends when it is told to`() async throws {
        try await DiscordFixture.run { fixture in
            let clock = VirtualClock()
            let platform = try fixture.platform(on: .virtual(clock))
            let silent = try fixture.asked()
            let answered = try fixture.asked()
            fixture.discord.expireInteractions()
            let waiting = [
                Task { await platform.endActivity(at: silent.address, replyRoute: silent.replyRoute ?? "") },
                Task { _ = try? await platform.deliver(DiscordFixture.message("one", to: answered)) },
            ]
            try await until(clock, sleeps: 2)
            for task in waiting { task.cancel() }
            for task in waiting { await task.value }
            #expect(clock.now.offset == .zero)
        }
    }
}
