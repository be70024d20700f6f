import NightjarEngine
import NightjarTesting
import Testing

@Suite struct RetentionTests {
    @Test func `Finished tasks go when their time is over, failed ones later`() async throws {
        let model = ScriptedModel(.answer("fine"), .failure(ModelError(.request, "no", isRetryable: false)), .hangs)
        let settings = EngineSettings(
            commandTimeout: .seconds(24 * 3600), autoAcknowledge: false,
            retention: Retention(completed: .seconds(3600), failed: .seconds(7200)))
        try await withEngine(.helper(model, settings: settings)) { engine in
            for number in 0..<3 { try await engine.say("/run agent helper \(number)") }
            await engine.advance(by: .seconds(3600))
            #expect(try await engine.tasks().count == 3)
            await engine.advance(by: .seconds(120))
            #expect(try await engine.tasks().map(\.state) == [.failed, .running])
            await engine.advance(by: .seconds(3600))
            #expect(try await engine.tasks().map(\.state) == [.running])
        }
    }

    @Test func `Messages that started no task go as fast as they come`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            let old = EngineFixture.start + .seconds(-2 * 24 * 3600)
            let messages = (0...EngineLimits.pruneBatch).map { number in
                InboundMessage(address: Address(platform: "test", channel: "#ops", user: "ann"), text: "\(number)", receivedAt: old)
            }
            for message in messages {
                _ = try await engine.store.base.accept(message, claiming: nil)
                try await engine.store.base.finishMessage(message.id, replies: [])
            }
            await engine.advance(by: .seconds(60))
            #expect(engine.store.calls(of: .prune) == 1, "people's own work gets its turn between two steps")
            await engine.advance(by: .milliseconds(20))
            #expect(engine.store.calls(of: .prune) == 2)
            for message in messages { #expect(try await engine.store.base.message(message.id) == nil) }
        }
    }

    @Test func `A store that cannot prune is asked again a minute later`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            engine.store.fail(.prune, times: 1)
            await engine.advance(by: .seconds(60))
            #expect(engine.store.calls(of: .prune) == 1)
            await engine.advance(by: .seconds(60))
            #expect(engine.store.calls(of: .prune) == 2)
        }
    }
}
