import NightjarEngine
import NightjarTesting
import Testing

@Suite struct DrainTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    @Test func `Work in progress may end, and its answer is delivered`() async throws {
        let text = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(text)), settings: quiet)) { engine in
            try await engine.say("hello")
            await engine.beginShutdown()
            await engine.advance(by: .seconds(10))
            text.say("done")
            text.end()
            await engine.advance(by: .seconds(1))
            #expect(engine.platform.texts == ["done"])
            #expect(try await engine.tasks()[0].state == .completed)
        }
    }

    @Test func `What does not end in time is put back with its attempt, and no error`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let model = ScriptedModel(.hangs, .answer("after the restart"))
        try await withEngine(.helper(model, settings: quiet), over: store, clock: clock) { engine in
            try await engine.say("hello")
            await engine.beginShutdown()
            await engine.advance(by: EngineLimits.drainGrace - .seconds(1))
            #expect(try await engine.tasks()[0].state == .running)
            await engine.advance(by: .seconds(1))
            let task = try await engine.tasks()[0]
            #expect(task.state == .pending)
            #expect(task.attempt == 0)
            #expect(task.failure == nil)
            #expect(task.lostLeases == 0)
            #expect(model.cancelled.count == 1)
            #expect(engine.platform.texts.isEmpty)
        }
        try await withEngine(.helper(model, settings: quiet), over: store, clock: clock) { engine async throws in
            #expect(engine.platform.texts == ["after the restart"])
            #expect(try await engine.tasks()[0].attempt == 1)
        }
    }

    @Test func `Nothing new is started`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text))
        var settings = quiet
        settings.maxConcurrent = 1
        try await withEngine(.helper(model, settings: settings)) { engine in
            try await engine.say("/run agent helper a")
            try await engine.say("/run agent helper b")
            await engine.beginShutdown()
            text.end()
            await engine.advance(by: .seconds(1))
            #expect(try await engine.tasks().map(\.state) == [.completed, .pending])
        }
    }

    @Test func `It does not wait for what is queued`() async throws {
        let model = ScriptedModel()
        var settings = quiet
        settings.maxConcurrent = 1
        let text = ReleasedText()
        model.then(.speaks(text))
        try await withEngine(.helper(model, settings: settings)) { engine in
            for message in ["a", "b", "/run agent helper c"] { try await engine.say(message) }
            await engine.beginShutdown()
            text.end()
            await engine.advance(by: .seconds(1))
            #expect(!engine.engine.isReady)
            #expect(engine.hasStopped)
        }
    }

    @Test func `It does not wait for a delivery that backs off`() async throws {
        try await withEngine(.helper(ScriptedModel(), settings: quiet)) { engine in
            engine.platform.fail(8)
            try await engine.say("hello")
            await engine.advance(by: .seconds(40))
            await engine.beginShutdown()
            await engine.advance(by: .seconds(1))
            #expect(engine.hasStopped)
        }
    }

    @Test func `A handler that is cut off is not answered, and runs again`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let runs = Recorder<Void>()
        let command = CommandDefinition(name: "wait") { _ in
            runs.add(())
            if runs.count == 1 { try await Hanging.untilCancelled() }
            return .answer("second time")
        }
        let definitions = Definitions.helper(ScriptedModel(), commands: [command])
        try await withEngine(definitions, over: store, clock: clock) { engine in
            try await engine.say("/wait")
            await engine.beginShutdown()
            await engine.advance(by: EngineLimits.drainGrace)
            #expect(engine.platform.texts.isEmpty)
        }
        try await withEngine(definitions, over: store, clock: clock) { engine in
            #expect(engine.platform.texts == ["second time"])
        }
    }
}
