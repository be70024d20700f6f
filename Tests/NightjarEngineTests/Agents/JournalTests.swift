import NightjarEngine
import NightjarTesting
import Testing

@Suite struct JournalTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    /// Runs a task until it hangs in a tool or model, lets the process die, and starts another one.
    private func restart(
        _ model: ScriptedModel, tools: [any Tool], _ body: @Sendable @escaping (EngineFixture) async throws -> Void
    ) async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        try await withEngine(.helper(model, tools: tools, settings: quiet), over: store, clock: clock) { engine in
            try await engine.say("/run agent helper x")
            engine.crash()
        }
        await clock.advance(by: .seconds(1))
        try await withEngine(.helper(model, tools: tools, settings: quiet), over: store, clock: clock, body)
    }

    @Test func `An answer that is in the journal is not paid for again`() async throws {
        let model = ScriptedModel(.calls([.sample("look")], usage: TokenUsage(input: 10, output: 5)), .hangs, .answer("done"))
        let look = ScriptedTool("look") { _, _ in "seen" }
        try await restart(model, tools: [look]) { engine in
            let task = try await engine.tasks()[0]
            #expect(task.state == .completed)
            #expect(task.attempt == 2)
            #expect(task.lostLeases == 1)
            #expect(task.usage == TokenUsage(input: 10, output: 5))
            #expect(look.calls.count == 1)
            #expect(model.requests.count == 3)
            #expect(model.requests.all[1].messages == model.requests.all[2].messages)
        }
    }

    @Test func `A call whose outcome is unknown is not repeated, and the model is told`() async throws {
        let model = ScriptedModel(.calls([.sample("deploy")]), .answer("careful"))
        let deploy = ScriptedTool("deploy") { _, _ in try await Hanging.untilCancelled() }
        try await restart(model, tools: [deploy]) { engine async throws in
            #expect(try await engine.tasks()[0].state == .completed)
            #expect(deploy.calls.count == 1)
            #expect(model.requests.all.last?.toolResult?.contains("whether it took effect is unknown") == true)
        }
    }

    @Test func `An idempotent call is repeated`() async throws {
        let model = ScriptedModel(.calls([.sample("look")]), .answer("done"))
        let starts = Recorder<Void>()
        let look = ScriptedTool("look", isIdempotent: true) { _, _ in
            starts.add(())
            if starts.count == 1 { try await Hanging.untilCancelled() }
            return "seen"
        }
        try await restart(model, tools: [look]) { engine async throws in
            #expect(try await engine.tasks()[0].state == .completed)
            #expect(starts.count == 2)
            #expect(model.requests.all.last?.toolResult == "seen")
        }
    }

    @Test func `Of parallel calls only the unknown one is in doubt`() async throws {
        let model = ScriptedModel(.calls([.sample("a", id: "1"), .sample("b", id: "2")]), .answer("done"))
        let quick = ScriptedTool("a") { _, _ in "fine" }
        let stuck = ScriptedTool("b") { _, _ in try await Hanging.untilCancelled() }
        try await restart(model, tools: [quick, stuck]) { engine in
            guard case .toolResults(let results)? = model.requests.all.last?.messages.last else { return #expect(Bool(false)) }
            #expect(results.map(\.isError) == [false, true])
            #expect(quick.calls.count == 1)
        }
    }

    @Test func `The effects of a repeated call happen once`() async throws {
        let model = ScriptedModel(.calls([.sample("tell")]), .answer("done"))
        let starts = Recorder<Void>()
        let tell = ScriptedTool("tell", isIdempotent: true) { _, context in
            starts.add(())
            try await context.reply("working on it")
            if starts.count == 1 { try await Hanging.untilCancelled() }
            return "told"
        }
        let (store, clock) = (MemoryStore(), VirtualClock())
        let definitions = Definitions.helper(model, tools: [tell], settings: quiet)
        try await withEngine(definitions, over: store, clock: clock) { engine in
            try await engine.say("/run agent helper x")
            #expect(engine.platform.texts == ["working on it"])
            engine.crash()
        }
        await clock.advance(by: .seconds(1))
        try await withEngine(definitions, over: store, clock: clock) { engine async throws in
            #expect(starts.count == 2)
            #expect(engine.platform.texts.filter { $0 == "working on it" }.isEmpty)
            #expect(try await engine.tasks()[0].state == .completed)
        }
    }

    @Test func `A task that processes die of is given up`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let model = ScriptedModel(otherwise: .hangs)
        let definitions = Definitions.helper(model, settings: quiet)
        try await withEngine(definitions, over: store, clock: clock) { engine in
            try await engine.say("/run agent helper x")
            engine.crash()
        }
        for _ in 0..<5 {
            try await withEngine(definitions, over: store, clock: clock) { engine async throws in
                #expect(try await engine.tasks()[0].state == .running)
                engine.crash()
            }
        }
        try await withEngine(definitions, over: store, clock: clock) { engine async throws in
            #expect(try await engine.tasks()[0].failure?.code == "poison")
            #expect(engine.platform.texts.count == 1)
            #expect(engine.platform.texts[0].contains("poison"))
        }
    }
}
