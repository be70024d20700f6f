import NightjarEngine
import NightjarTesting
import Testing

@Suite struct RecoveryTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    /// Lets one engine work until `first` ends, kills it, and goes on with another one on the same store.
    private func crash(
        _ definitions: Definitions, first: @Sendable (EngineFixture) async throws -> Void,
        then second: @Sendable (EngineFixture) async throws -> Void
    ) async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        try await withEngine(definitions, over: store, clock: clock) { engine in
            try await first(engine)
            engine.crash()
        }
        await clock.advance(by: .seconds(1))
        try await withEngine(definitions, over: store, clock: clock, second)
    }

    @Test func `A handler that was cut off runs again, and its effects happen once`() async throws {
        let runs = Recorder<Void>()
        let model = ScriptedModel()
        let command = CommandDefinition(name: "deploy") { context in
            runs.add(())
            try await context.reply("starting")
            _ = try await context.start(agent: "helper", input: "background")
            let output = try await context.run(agent: "helper", input: "build").output ?? ""
            try await context.post("news", to: "test:#news")
            if runs.count == 1 { try await Hanging.untilCancelled() }
            return .answer("deployed: \(output)")
        }
        try await crash(.helper(model, settings: quiet, commands: [command])) { engine in
            try await engine.say("/deploy")
            #expect(engine.platform.texts.contains("starting"))
        } then: { engine async throws in
            #expect(runs.count == 2)
            #expect(try await engine.tasks().count == 2)
            #expect(model.requests.count == 2)
            #expect(engine.platform.texts == ["deployed: ok"])
            #expect(try await engine.store.base.unhandledMessages().isEmpty)
        }
    }

    @Test func `A message that was accepted and not handled is handled`() async throws {
        let store = MemoryStore()
        let message = InboundMessage(
            address: Address(platform: "test", channel: "c", user: "ann"), text: "hello", receivedAt: Timestamp(milliseconds: 0))
        _ = try store.accept(message, claiming: nil)
        try await withEngine(.helper(ScriptedModel()), over: store) { engine in
            #expect(engine.platform.texts == ["ok"])
        }
    }

    @Test func `A turn that was stored before its message was marked is not started twice`() async throws {
        let model = ScriptedModel(.hangs)
        try await crash(.helper(model, settings: quiet)) { engine in
            engine.store.fail(.finishMessage)
            try await engine.say("hello")
            try await engine.say("and more")
        } then: { engine async throws in
            #expect(model.requests.all.map(\.input) == ["hello", "hello", "and more"])
            #expect(try await engine.tasks().map(\.state) == [.completed, .completed])
            #expect(engine.platform.texts == ["ok", "ok"])
            #expect(try await engine.store.base.unhandledMessages().isEmpty)
        }
    }

    @Test func `Running tasks start again, pending ones keep their place`() async throws {
        let model = ScriptedModel(.hangs)
        var settings = quiet
        settings.maxConcurrent = 1
        try await crash(.helper(model, settings: settings)) { engine in
            try await engine.say("/run agent helper a")
            try await engine.say("/run agent helper b")
        } then: { engine async throws in
            #expect(model.requests.all.map(\.input) == ["a", "a", "b"])
            #expect(try await engine.tasks().map(\.attempt) == [2, 1])
            #expect(try await engine.tasks().map(\.lostLeases) == [1, 0])
        }
    }

    @Test func `A reply that was promised is delivered by the next process`() async throws {
        try await crash(.helper(ScriptedModel(), settings: quiet)) { engine in
            engine.platform.fail(100)
            try await engine.say("hello")
        } then: { engine in
            await engine.advance(by: .seconds(5))
            #expect(engine.platform.texts == ["ok"])
        }
    }

    @Test func `Replies that fill several pages are all delivered, in order`() async throws {
        let store = MemoryStore()
        let count = EngineLimits.outboxPageMax * 2 + 1
        let address = Address(platform: "test", channel: "#ops", user: "ann")
        _ = try store.post((0..<count).map { OutboxEntry(address: address, content: .text("\($0)"), createdAt: EngineFixture.start) })
        try await withEngine(.helper(ScriptedModel(), settings: quiet), over: store) { engine in
            #expect(engine.platform.texts == (0..<count).map { "\($0)" })
        }
    }

    @Test func `A task that ended while a handler waited for it is not run again`() async throws {
        let model = ScriptedModel()
        let gate = AsyncGate()
        let command = CommandDefinition(name: "ask") { context in
            let output = try await context.run(agent: "helper", input: "x").output ?? ""
            await gate.wait()
            return .answer(output)
        }
        try await crash(.helper(model, commands: [command])) { engine in
            try await engine.say("/ask")
            engine.crash()
            gate.open()
        } then: { engine in
            #expect(model.requests.count == 1)
            #expect(engine.platform.texts == ["ok"])
        }
    }

    @Test func `A result is not written by an attempt that the next process has taken over`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let late = ReleasedText()
        let model = ScriptedModel(.speaks(late), .answer("from the second"))
        try await withEngine(.helper(model, settings: quiet), over: store, clock: clock) { first in
            try await first.say("/run agent helper x")
            await clock.advance(by: .seconds(1))
            try await withEngine(.helper(model, settings: quiet), over: store, clock: clock) { second async throws in
                #expect(try await second.tasks()[0].output == "from the second")
                late.say("from the first")
                late.end()
                await second.settle()
                #expect(try await second.tasks()[0].output == "from the second")
                #expect(first.platform.texts.isEmpty)
            }
        }
    }

    @Test func `A session with a running task is busy after the restart`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.hangs, .speaks(text), .answer("second"))
        try await crash(.helper(model, settings: quiet)) { engine in
            try await engine.say("first")
        } then: { engine in
            try await engine.say("second")
            #expect(model.requests.all.map(\.input) == ["first", "first"])
            text.end()
            await engine.settle()
            #expect(model.requests.all.map(\.input) == ["first", "first", "second"])
        }
    }
}
