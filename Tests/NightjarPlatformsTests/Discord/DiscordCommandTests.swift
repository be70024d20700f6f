import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarPlatforms

/// The commands that Discord is told of.
@Suite(.timeLimit(.minutes(1))) struct DiscordCommandTests {
    private static let route = "PUT /applications/:id/commands"
    private static let ping = PlatformCommand(name: "ping", description: "Pings", usage: "ping")
    private static let run = PlatformCommand(name: "run", description: "Runs", usage: "run")

    /// Runs the platform until Discord has so many commands.
    private func register(_ lists: [PlatformCommand]..., until count: Int, with fixture: DiscordFixture) async throws {
        let watch = Watch<[PlatformCommand]>(backlogMax: 8)
        let inlet = PlatformInlet(take: { _ in [] }, commands: { watch }, clock: fixture.clock.engineClock)
        for list in lists { watch.continuation.yield(list) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await fixture.platform.run(inlet) }
            defer { group.cancelAll() }
            try await fixture.discord.wait { $0.commands.count == count }
        }
    }

    @Test func `The commands are registered, and again only when they change`() async throws {
        try await DiscordFixture.run { fixture in
            try await register([Self.ping], [Self.ping], [Self.ping, Self.run], until: 2, with: fixture)
            #expect(fixture.discord.count(Self.route) == 2)
        }
    }

    @Test func `Who is told to try again at once does not do so in a circle`() async throws {
        try await DiscordFixture.run { fixture in
            let later = StandInAnswer(status: 503, steps: [.raw("")])
            let atOnce = StandInAnswer(status: 503, headers: ["retry-after": "0"], steps: [.raw("")])
            fixture.discord.failNext(Self.route, StandInDiscord.rateLimit(.zero), atOnce, later)
            try await register([Self.ping], until: 1, with: fixture)
            #expect(fixture.clock.elapsed == .seconds(1 + 1 + 4))
        }
    }
}
