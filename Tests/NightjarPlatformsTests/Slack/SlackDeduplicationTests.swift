import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarPlatforms

/// Slack sends again what was not acknowledged in time, and tells of a mention twice anyway: one task comes of it.
@Suite struct SlackDeduplicationTests {
    private let definitions: Definitions = {
        let agent = AgentDefinition(name: "helper", modelName: "scripted", model: ScriptedModel())
        return Definitions(settings: EngineSettings(), agents: [agent])
    }()

    private func events(_ requests: [PlatformRequest]) throws -> [PlatformEvent] {
        try requests.map { request in
            switch try SlackFixture.decoder(["api_url": .string("http://127.0.0.1:1")]).read(request) {
            case .message(let message), .command(let message): return .message(message)
            default: throw DeliveryError("no message", isRetryable: false)
            }
        }
    }

    private func taskCount(of events: [PlatformEvent], atOnce: Bool) async throws -> Int {
        try await withEngine(definitions) { engine in
            if atOnce {
                let outcomes = try await engine.engine.take(events)
                #expect(outcomes.count { $0 == .accepted } == 1)
                #expect(outcomes.count { $0 == .duplicate } == events.count - 1)
            } else {
                for event in events { _ = try await engine.engine.take([event]) }
            }
            await engine.settle()
            return try await engine.tasks().count
        }
    }

    @Test(arguments: [true, false])
    func `A mention that comes eleven times, each as a pair, is one task`(atOnce: Bool) async throws {
        try await StandInSlack.withSlack { slack in
            let pair = slack.mention("/run agent helper look", at: SlackFixture.now)
            let all = try events((0..<11).flatMap { _ in pair })
            #expect(all.count == 22)
            #expect(try await taskCount(of: all, atOnce: atOnce) == 1)
        }
    }

    @Test(arguments: [true, false])
    func `A slash command that comes eleven times is one task`(atOnce: Bool) async throws {
        try await StandInSlack.withSlack { slack in
            let command = slack.command("/nj", "run agent helper look", at: SlackFixture.now)
            let all = try events(Array(repeating: command, count: 11))
            #expect(try await taskCount(of: all, atOnce: atOnce) == 1)
        }
    }

    @Test func `The same words said twice are two tasks`() async throws {
        try await StandInSlack.withSlack { slack in
            let said = (0..<2).map { _ in slack.message("/run agent helper look", at: SlackFixture.now) }
            let all = try events(said)
            #expect(try await taskCount(of: all, atOnce: false) == 2)
        }
    }
}
