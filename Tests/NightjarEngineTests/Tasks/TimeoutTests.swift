@testable import NightjarEngine
import NightjarTesting
import Testing

@Suite struct TimeoutTests {
    private let quiet = EngineSettings(commandTimeout: .seconds(60), autoAcknowledge: false)

    @Test func `A task that takes too long fails, and its model is cancelled`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(59))
            #expect(try await engine.tasks()[0].state == .running)
            await engine.advance(by: .seconds(1))
            let task = try await engine.tasks()[0]
            #expect(task.state == .failed)
            #expect(task.failure == TaskFailure(code: "timeout", message: "took longer than 1m"))
            #expect(model.cancelled.count == 1)
            #expect(engine.platform.texts.last?.contains("timeout: took longer than 1m") == true)
        }
    }

    @Test func `An agent's own limit goes before the general one`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model, settings: quiet, timeout: .seconds(5))) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(5))
            #expect(try await engine.tasks()[0].failure?.message == "took longer than 5s")
        }
    }

    @Test func `Waiting in the queue does not count`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text), otherwise: .hangs)
        var settings = quiet
        settings.maxConcurrent = 1
        try await withEngine(.helper(model, settings: settings)) { engine in
            try await engine.say("/run agent helper first")
            try await engine.say("/run agent helper second")
            await engine.advance(by: .seconds(50))
            text.end()
            await engine.advance(by: .seconds(59))
            #expect(try await engine.tasks()[1].state == .running)
            await engine.advance(by: .seconds(1))
            #expect(try await engine.tasks()[1].failure?.code == "timeout")
        }
    }

    @Test func `Retries share one limit`() async throws {
        let busy = ModelError(.provider, "busy", isRetryable: true, retryAfter: .seconds(40))
        let model = ScriptedModel(.failure(busy), otherwise: .hangs)
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(40))
            #expect(model.active == 1)
            await engine.advance(by: .seconds(20))
            #expect(try await engine.tasks()[0].failure?.code == "timeout")
        }
    }

    @Test func `What the model failed with meanwhile is told with the time-out`() async throws {
        let busy = ModelError(.provider, "busy", isRetryable: true, retryAfter: .seconds(40))
        let model = ScriptedModel(.failure(busy), otherwise: .hangs)
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(60))
            let cause = "took longer than 1m; last error of model \"scripted\": busy"
            #expect(try await engine.tasks()[0].failure == TaskFailure(code: "timeout", message: cause))
            #expect(engine.platform.texts.last?.contains("timeout: \(cause)") == true)
        }
    }

    @Test func `A model that has answered since, or failed only before, is not to blame`() async throws {
        let busy = ModelError(.provider, "busy", isRetryable: false)
        let model = ScriptedModel(.failure(busy), otherwise: .hangs)
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper first")
            await engine.advance(by: .seconds(1))
            try await engine.say("/run agent helper second")
            await engine.advance(by: .seconds(60))
            #expect(try await engine.tasks()[1].failure?.message == "took longer than 1m")
        }
        let troubles = ModelTroubles()
        let now = Timestamp(milliseconds: 5)
        troubles.began("m", "busy", at: now)
        #expect(troubles.message(of: "m", since: now) == "last error of model \"m\": busy")
        troubles.ended("m")
        #expect(troubles.message(of: "m", since: now) == nil)
    }

    @Test func `It goes on counting over a restart`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model, settings: quiet), over: store, clock: clock) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(50))
            engine.crash()
        }
        try await withEngine(.helper(model, settings: quiet), over: store, clock: clock) { engine async throws in
            #expect(try await engine.tasks()[0].state == .running)
            await engine.advance(by: .seconds(10))
            #expect(try await engine.tasks()[0].failure?.code == "timeout")
        }
    }

    @Test func `A task whose time is over before it starts again does not reach its model`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model, settings: quiet), over: store, clock: clock) { engine in
            try await engine.say("/run agent helper x")
            engine.crash()
        }
        await clock.advance(by: .seconds(3600))
        try await withEngine(.helper(model, settings: quiet), over: store, clock: clock) { engine async throws in
            #expect(try await engine.tasks()[0].failure?.code == "timeout")
            #expect(model.requests.count == 1)
        }
    }

    @Test func `What it used is told all the same`() async throws {
        let tool = ScriptedTool("wait") { _, _ in try await Hanging.untilCancelled() }
        let model = ScriptedModel(.calls([.sample("wait")], usage: TokenUsage(input: 7, output: 2)))
        try await withEngine(.helper(model, tools: [tool], settings: quiet, timeout: .seconds(10))) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(10))
            let task = try await engine.tasks()[0]
            #expect(task.failure?.code == "timeout")
            #expect(task.usage == TokenUsage(input: 7, output: 2))
        }
    }
}
