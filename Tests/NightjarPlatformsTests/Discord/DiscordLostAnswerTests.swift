import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarPlatforms

/// Discord has shown an interaction's first answer, and the engine was not told.
@Suite struct DiscordLostAnswerTests {
    private static let change = "PATCH /webhooks/:id/:token/messages/@original"
    private static let task = DiscordFixture.task

    /// Has Discord show something, and loses its answer.
    private static func lose(_ fixture: DiscordFixture, _ request: () async throws -> String?) async {
        fixture.discord.loseNextAnswer(change)
        let failure = await #expect(throws: DeliveryError.self) { _ = try await request() }
        #expect(failure?.isRetryable == true && fixture.discord.answers.count == 1)
    }

    @Test func `A draft goes on where its first showing was lost`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            await Self.lose(fixture) { try await fixture.platform.show(DiscordFixture.draft("one", to: asked)) }
            let reference = try await fixture.platform.show(DiscordFixture.draft("one two", to: asked))
            #expect(fixture.discord.answers.map(\.content) == ["one two"] && reference?.hasPrefix("@original/") == true)
            _ = try await fixture.platform.deliver(DiscordFixture.message("one two three", to: asked, draft: reference, task: Self.task))
            #expect(fixture.discord.answers.map(\.content) == ["one two three"])
        }
    }

    @Test func `What a task says next takes the place of a draft that was lost`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            await Self.lose(fixture) { try await fixture.platform.show(DiscordFixture.draft("Which?", to: asked)) }
            let question = Question(text: "Which?", choices: ["this", "that"])
            _ = try await fixture.platform.deliver(DiscordFixture.message("Which?", to: asked, question: question, task: Self.task))
            #expect(fixture.discord.answers.map(\.content) == ["Which?"] && fixture.discord.answers.first?.buttons == ["this", "that"])
        }
    }

    @Test func `What has no text is shown once as well`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            let message = DiscordFixture.message("", to: asked, rendered: .payload(["embeds": [["title": "T"]]]))
            await Self.lose(fixture) { try await fixture.platform.deliver(message) }
            _ = try await fixture.platform.deliver(message)
            #expect(fixture.discord.answers.map(\.payload["embeds"]) == [[["title": "T"]]])
        }
    }

    @Test func `A file is sent once`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            let message = DiscordFixture.message("see", to: asked, file: OutboundFile(name: "a.txt", content: Array("a".utf8)))
            await Self.lose(fixture) { try await fixture.platform.deliver(message) }
            _ = try await fixture.platform.deliver(message)
            #expect(fixture.discord.answers.map(\.file?.name) == ["a.txt"] && fixture.discord.count(Self.change) == 1)
        }
    }

    @Test func `What somebody else says meanwhile does not take its place`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            await Self.lose(fixture) { try await fixture.platform.show(DiscordFixture.draft("one", to: asked)) }
            for text in ["another", "yet another"] { _ = try await fixture.platform.deliver(DiscordFixture.message(text, to: asked)) }
            let reference = try await fixture.platform.show(DiscordFixture.draft("one two", to: asked))
            #expect(fixture.discord.answers.map(\.content) == ["one two", "another", "yet another"])
            _ = try await fixture.platform.deliver(DiscordFixture.message("more", to: asked, task: Self.task))
            #expect(fixture.discord.answers.map(\.content) == ["one two", "another", "yet another", "more"] && reference != nil)
        }
    }

    @Test func `What did not arrive leaves its place to others`() async throws {
        try await DiscordFixture.run { fixture in
            let asked = try fixture.asked()
            fixture.discord.failNext(Self.change, StandInAnswer(status: 502, steps: [.raw("")]))
            _ = try? await fixture.platform.show(DiscordFixture.draft("one", to: asked))
            _ = try await fixture.platform.deliver(DiscordFixture.message("another", to: asked))
            _ = try await fixture.platform.show(DiscordFixture.draft("one two", to: asked))
            #expect(fixture.discord.answers.map(\.content) == ["another", "one two"])
        }
    }

    @Test func `Not more is remembered than has its place`() {
        let memory = DiscordMemory()
        for number in 0...DiscordLimits.remembered { memory.willAnswer("\(number)", for: "key") }
        #expect(!memory.isAttempt("0", of: ["key"]) && memory.isAttempt("\(DiscordLimits.remembered)", of: ["key"]))
    }
}
