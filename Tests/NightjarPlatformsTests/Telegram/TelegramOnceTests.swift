import AsyncHTTPClient
import Logging
import NightjarTesting
import Testing

@testable import NightjarEngine
@testable import NightjarPlatforms

/// The same update again and again.
@Suite struct TelegramOnceTests {
    private let definitions = Definitions(
        settings: EngineSettings(defaultAgent: "clerk"), agents: [AgentDefinition(name: "clerk", modelName: "m", model: ScriptedModel())])

    @Test func elevenDeliveriesOfOneUpdateAreOneTask() async throws {
        let platform = try TelegramReceptionTests.platform()
        let body = Array(TelegramReceptionTests.good.utf8)
        try await withEngine(definitions) { fixture in
            @Sendable func arrive() async throws -> PlatformEventOutcome? {
                guard case .taken(let events, _) = platform.receive(TelegramReceptionTests.request(body: body)) else { return nil }
                return try await fixture.engine.take(events).first
            }
            #expect(try await arrive() == .accepted)
            let outcomes = try await withThrowingTaskGroup(of: PlatformEventOutcome?.self) { group in
                for _ in 0..<10 { group.addTask { try await arrive() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes == Array(repeating: .duplicate, count: 10))
            await fixture.settle()
            #expect(try await fixture.tasks().count == 1)
        }
    }

    @Test func concurrentDeliveriesOfOneUpdateAreOneTask() async throws {
        let platform = try TelegramReceptionTests.platform()
        let body = Array(TelegramReceptionTests.good.utf8)
        try await withEngine(definitions) { fixture in
            guard case .taken(let events, _) = platform.receive(TelegramReceptionTests.request(body: body)) else {
                Issue.record("it is refused")
                return
            }
            let outcomes = try await fixture.engine.take(Array(repeating: events[0], count: 11))
            #expect(outcomes.count { $0 == .accepted } == 1)
            #expect(outcomes.count { $0 == .duplicate } == 10)
            await fixture.settle()
            #expect(try await fixture.tasks().count == 1)
        }
    }
}
