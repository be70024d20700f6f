import NightjarTesting
import Testing

@testable import NightjarEngine

/// Tasks that start in the step that stores them.
@Suite struct StartTests {
    private func settings(maxConcurrent: Int = 10) -> EngineSettings {
        EngineSettings(maxConcurrent: maxConcurrent, maxTasksPerUser: 3, autoAcknowledge: false)
    }

    @Test func `With a permit free nothing is claimed`() async throws {
        try await withEngine(.helper(ScriptedModel(), settings: settings())) { engine async throws in
            let claims = engine.store.calls(of: .claim)
            try await engine.say("/run agent helper a")
            try await engine.say("a turn")
            #expect(try await engine.tasks().map(\.state) == [.completed, .completed])
            #expect(engine.store.calls(of: .claim) == claims)
        }
    }

    @Test func `With none free it waits, and is claimed once`() async throws {
        let first = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(first)), settings: settings(maxConcurrent: 1))) { engine async throws in
            try await engine.say("/run agent helper a")
            let claims = engine.store.calls(of: .claim)
            try await engine.say("/run agent helper b")
            #expect(try await engine.tasks().map(\.state) == [.running, .pending])
            first.end()
            await engine.settle()
            #expect(try await engine.tasks().map(\.state) == [.completed, .completed])
            #expect(engine.store.calls(of: .claim) == claims + 1)
        }
    }

    @Test func `It overtakes nobody who waits, though the dispatcher has not heard of them yet`() async throws {
        let (gate, first) = (AsyncGate(), ReleasedText())
        let model = ScriptedModel(.speaks(first))
        try await withEngine(.helper(model, settings: settings(maxConcurrent: 1))) { engine async throws in
            try await engine.say("/run agent helper first")
            engine.store.afterEnqueue { task in if task.input == "waits" { await gate.wait() } }
            try await engine.say("/run agent helper waits")
            first.end()
            await engine.settle()
            #expect(engine.engine.orchestrator.freePermits == 1)
            try await engine.say("/run agent helper new")
            #expect(model.requests.all.map(\.input) == ["first", "waits"])
            gate.open()
            await engine.settle()
            #expect(model.requests.all.map(\.input) == ["first", "waits", "new"])
        }
    }

    @Test func `No permit is lost when nothing was stored`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model, settings: settings())) { engine async throws in
            let free = { engine.engine.orchestrator.freePermits }
            let address = Address(platform: "test", channel: "#ops", user: "ann")
            let task = TaskRecord(agent: "helper", input: "x", address: address, origin: "o", createdAt: engine.engine.clock.now)
            engine.store.fail(.enqueue)
            await #expect(throws: StoreError.self) { _ = try await engine.engine.orchestrator.submit(task, quota: nil) }
            engine.store.mend()
            #expect(free() == 10)
            _ = try await engine.engine.orchestrator.submit(task, quota: nil)
            await engine.settle()
            #expect(free() == 9)
            guard case .existing = try await engine.engine.orchestrator.submit(task, quota: nil) else {
                Issue.record("the same origin was stored twice")
                return
            }
            let second = TaskRecord(agent: "helper", input: "y", address: address, createdAt: engine.engine.clock.now)
            #expect(try await engine.engine.orchestrator.submit(second, quota: 1) == .overQuota(active: 1))
            await engine.settle()
            #expect(free() == 9)
            #expect(model.active == 1)
        }
    }

    @Test func `Who asked for it may be cancelled meanwhile`() async throws {
        let gate = AsyncGate()
        try await withEngine(.helper(ScriptedModel(), settings: settings())) { engine async throws in
            engine.store.afterEnqueue { _ in await gate.wait() }
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await engine.engine.submitTask(agent: "helper", input: "x", user: "ann") }
                await engine.settle()
                group.cancelAll()
                gate.open()
            }
            await engine.settle()
            #expect(try await engine.tasks().map(\.state) == [.completed])
            #expect(engine.engine.orchestrator.freePermits == 10)
        }
    }

    @Test func `A shutdown between the start and the work puts it back as if it had not run`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let gate = AsyncGate()
        let model = ScriptedModel()
        try await withEngine(.helper(model, settings: settings()), over: store, clock: clock) { engine async throws in
            engine.store.afterEnqueue { _ in await gate.wait() }
            try await engine.say("/run agent helper x")
            #expect(try await engine.tasks().map(\.state) == [.running])
            await engine.beginShutdown()
            await engine.settle()
            gate.open()
            await engine.advance(by: .seconds(1))
            let task = try #require(try await engine.tasks().first)
            #expect(task.state == .pending)
            #expect(task.attempt == 0)
            #expect(task.startedAt == nil)
            #expect(model.requests.count == 0)
            #expect(engine.engine.orchestrator.freePermits == 10)
            #expect(engine.engine.orchestrator.runningCount == 0)
            #expect(engine.hasStopped)
        }
        try await withEngine(.helper(model, settings: settings()), over: store, clock: clock) { engine async throws in
            #expect(try await engine.tasks().map(\.state) == [.completed])
            #expect(try await engine.tasks().map(\.lostLeases) == [0])
        }
    }

    @Test func `One that starts when the dispatcher has gone is put back too`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let gate = AsyncGate()
        let model = ScriptedModel()
        try await withEngine(.helper(model, settings: settings()), over: store, clock: clock) { engine async throws in
            engine.store.afterEnqueue { _ in await gate.wait() }
            try await engine.say("/run agent helper x")
            await engine.beginShutdown()
            await engine.advance(by: EngineLimits.drainGrace + .seconds(1))
            gate.open()
            await engine.settle()
            #expect(engine.hasStopped)
        }
        let task = try #require(try store.tasks(TaskQuery()).tasks.first)
        #expect(task.state == .pending)
        #expect(task.startedAt == nil)
        #expect(model.requests.count == 0)
    }

    @Test func `Under load every task ends once, and every permit comes back`() async throws {
        let model = ScriptedModel(
            otherwise: .does { _, _ in
                await Task.yield()
                return ModelResponse(text: "done")
            })
        let load = EngineUnderLoad(.helper(model, settings: EngineSettings(maxConcurrent: 4, maxTasksPerUser: 10_000)))
        try await load.run {
            try await withThrowingTaskGroup { group in
                for submitter in 0..<16 {
                    group.addTask {
                        for number in 0..<50 {
                            let task = try await load.engine.submitTask(agent: "helper", input: "\(number)", user: "user\(submitter)")
                            #expect(try await load.engine.result(of: task.id).output == "done")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let tasks = try await load.finalTasks()
            #expect(tasks.count == 800)
            #expect(tasks.allSatisfy { $0.attempt == 1 })
            #expect(model.requests.count == 800)
            #expect(model.activeMax <= 4)
        }
        #expect(load.engine.orchestrator.freePermits == 4)
    }
}
