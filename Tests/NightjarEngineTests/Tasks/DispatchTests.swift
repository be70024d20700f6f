import NightjarEngine
import NightjarTesting
import Testing

@Suite struct DispatchTests {
    private func settings(maxConcurrent: Int = 10, perUser: Int = 1000) -> EngineSettings {
        EngineSettings(maxConcurrent: maxConcurrent, maxTasksPerUser: perUser, autoAcknowledge: false)
    }

    @Test func `Ten tasks run at once, the others wait`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model, settings: EngineSettings(maxTasksPerUser: 100))) { engine in
            for number in 0..<12 { try await engine.say("/run agent helper \(number)") }
            #expect(model.active == 10)
            #expect(engine.engine.orchestrator.freePermits == 0)
            let states = try await engine.tasks().map(\.state)
            #expect(states.filter { $0 == .running }.count == 10)
            #expect(states.filter { $0 == .pending }.count == 2)
        }
    }

    @Test func `A task that ends makes room for the next`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text), otherwise: .answer("second"))
        try await withEngine(.helper(model, settings: settings(maxConcurrent: 1))) { engine in
            try await engine.say("/run agent helper a")
            try await engine.say("/run agent helper b")
            #expect(model.requests.count == 1)
            text.end()
            await engine.settle()
            #expect(try await engine.tasks().map(\.state) == [.completed, .completed])
            #expect(model.activeMax == 1)
        }
    }

    @Test func `Priority goes first, then order`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text))
        try await withEngine(.helper(model, settings: settings(maxConcurrent: 1))) { engine in
            try await engine.say("/run agent helper running")
            try await engine.say("/run --priority=low agent helper low")
            try await engine.say("/run agent helper normal")
            try await engine.say("/run --priority=high agent helper high")
            try await engine.say("/run --priority=HIGH agent helper high2")
            text.end()
            await engine.settle()
            #expect(model.requests.all.map(\.input) == ["running", "high", "high2", "normal", "low"])
        }
    }

    @Test func `Users take fair turns`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text))
        try await withEngine(.helper(model, settings: settings(maxConcurrent: 1))) { engine in
            for number in 0..<4 { try await engine.say("/run agent helper a\(number)", as: "ann") }
            for number in 0..<2 { try await engine.say("/run agent helper b\(number)", as: "bob") }
            text.end()
            await engine.settle()
            #expect(model.requests.all.map(\.input) == ["a0", "a1", "b0", "a2", "b1", "a3"])
        }
    }

    @Test func `More permits after a reload let waiting tasks in`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model, settings: settings(maxConcurrent: 1))) { engine in
            for number in 0..<3 { try await engine.say("/run agent helper \(number)") }
            #expect(model.active == 1)
            try await engine.engine.install(.helper(model, settings: settings(maxConcurrent: 3)))
            await engine.settle()
            #expect(model.active == 3)
        }
    }

    @Test func `A task whose agent is gone fails and says so`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text))
        let gone = AgentDefinition(name: "gone", modelName: "scripted", model: model)
        try await withEngine(.helper(model, settings: settings(maxConcurrent: 1), others: [gone])) { engine in
            try await engine.say("/run agent helper a")
            try await engine.say("/run agent gone b")
            try await engine.engine.install(.helper(model, settings: settings(maxConcurrent: 1)))
            text.end()
            await engine.settle()
            let task = try #require(try await engine.tasks().last)
            #expect(task.state == .failed)
            #expect(task.failure?.code == "unknown_agent")
        }
    }

    @Test func `A store that fails for a while is asked again each second, not faster`() async throws {
        let first = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(first)), settings: settings(maxConcurrent: 1))) { engine in
            try await engine.say("/run agent helper first")
            engine.store.fail(.claim, times: 3)
            let before = engine.store.calls(of: .claim)
            try await engine.say("/run agent helper a")
            first.end()
            await engine.advance(by: .seconds(3))
            #expect(engine.store.calls(of: .claim) - before <= 5)
            #expect(try await engine.tasks().map(\.state) == [.completed, .completed])
        }
    }
}
