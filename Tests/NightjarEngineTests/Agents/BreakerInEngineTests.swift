import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@Suite struct BreakerInEngineTests {
    private let down = ModelError(.provider, "down", isRetryable: false)
    private let settings = EngineSettings(maxTasksPerUser: 100, autoAcknowledge: false)

    @Test func `An open breaker postpones a task without spending an attempt`() async throws {
        let model = ScriptedModel(.failure(down), .failure(down), .failure(down), .failure(down), .failure(down), .answer("back"))
        try await withEngine(.helper(model, settings: settings)) { engine in
            for number in 0..<5 { try await engine.say("/run agent helper \(number)") }
            try await engine.say("/run agent helper waits")
            let waiting = try await engine.tasks()[5]
            #expect(waiting.state == .pending)
            #expect(waiting.attempt == 0)
            #expect(waiting.failure == nil)
            #expect(model.requests.count == 5)
            #expect(engine.engine.orchestrator.breakerPhases == ["scripted": .open])
            await engine.advance(by: .seconds(5))
            let done = try await engine.tasks()[5]
            #expect(done.state == .completed)
            #expect(done.attempt == 1)
            #expect(engine.engine.orchestrator.breakerPhases == ["scripted": .closed])
            let told = engine.log.entries.map(\.message.description)
            #expect(told.filter { $0.contains("a model keeps failing") }.count == 1)
            #expect(told.filter { $0.contains("a model answers again") }.count == 1)
        }
    }

    @Test func `One probe goes first, the others follow when it is well`() async throws {
        let probe = ReleasedText()
        let model = ScriptedModel(.failure(down), .failure(down), .failure(down), .failure(down), .failure(down), .speaks(probe))
        try await withEngine(.helper(model, settings: settings)) { engine in
            for number in 0..<8 { try await engine.say("/run agent helper \(number)") }
            await engine.advance(by: .seconds(5))
            #expect(model.active == 1)
            probe.end()
            await engine.advance(by: .seconds(5))
            #expect(try await engine.tasks().suffix(3).allSatisfy { $0.state == .completed })
        }
    }

    @Test func `Another model is not concerned`() async throws {
        let well = AgentDefinition(name: "well", modelName: "other", model: ScriptedModel())
        try await withEngine(
            .helper(ScriptedModel(otherwise: .failure(down)), settings: settings, others: [well])
        ) { engine in
            for number in 0..<6 { try await engine.say("/run agent helper \(number)") }
            try await engine.say("/run agent well x")
            #expect(try await engine.tasks().last?.state == .completed)
        }
    }

    @Test func `Cancels and refused requests do not open it`() async throws {
        let refused = ModelError(.request, "bad", isRetryable: false)
        let model = ScriptedModel(
            .failure(refused), .failure(refused), .failure(refused), .hangs, .hangs, .hangs, otherwise: .answer("fine"))
        try await withEngine(.helper(model, settings: settings)) { engine in
            for number in 0..<6 { try await engine.say("/run agent helper \(number)") }
            for task in try await engine.tasks() where task.state == .running { _ = try await engine.engine.cancel(task.id) }
            await engine.settle()
            try await engine.say("/run agent helper x")
            #expect(try await engine.tasks().last?.state == .completed)
        }
    }

    @Test func `A provider that asks for patience holds everybody back`() async throws {
        let throttled = ModelError(.rateLimited, "slow down", isRetryable: false, retryAfter: .seconds(20))
        let model = ScriptedModel(.failure(throttled), otherwise: .answer("fine"))
        try await withEngine(.helper(model, settings: settings)) { engine in
            try await engine.say("/run agent helper a")
            try await engine.say("/run agent helper b")
            #expect(try await engine.tasks()[1].state == .pending)
            await engine.advance(by: .seconds(20))
            #expect(try await engine.tasks()[1].state == .completed)
            #expect(try await engine.tasks()[1].attempt == 1)
        }
    }
}
