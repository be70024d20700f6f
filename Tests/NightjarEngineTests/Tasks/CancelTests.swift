import NightjarEngine
import NightjarTesting
import Testing

@Suite struct CancelTests {
    @Test func `A pending task never starts`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model, settings: EngineSettings(maxConcurrent: 1))) { engine in
            try await engine.say("/run agent helper a")
            try await engine.say("/run agent helper b")
            let second = try await engine.tasks()[1]
            try await engine.say("/cancel task \(second.id)")
            #expect(try await engine.tasks()[1].state == .cancelled)
            try await engine.say("/cancel task \(try await engine.tasks()[0].id)")
            #expect(model.requests.all.map(\.input) == ["a"])
        }
    }

    @Test func `A running task's model sees the cancel`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model)) { engine in
            try await engine.say("/run agent helper a")
            let task = try await engine.tasks()[0]
            try await engine.say("/cancel task \(task.id)")
            #expect(try await engine.tasks()[0].state == .cancelled)
            #expect(model.cancelled.count == 1)
            #expect(model.active == 0)
            #expect(engine.platform.texts == ["✓ Task started: \(task.id)", "🚫 Task cancelled: \(task.id) (helper)"])
            #expect(engine.engine.orchestrator.freePermits == 10)
        }
    }

    @Test func `A finished task says that it is finished`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            try await engine.say("/run agent helper a")
            let task = try await engine.tasks()[0]
            try await engine.say("/cancel task \(task.id)")
            #expect(engine.platform.texts.last?.contains("the task \(task.id) is already finished (completed)") == true)
            #expect(try await engine.tasks()[0].state == .completed)
        }
    }

    @Test func `A retry that backs off can be cancelled`() async throws {
        let model = ScriptedModel(otherwise: .failure(ModelError(.provider, "busy", isRetryable: true)))
        try await withEngine(.helper(model)) { engine in
            try await engine.say("/run agent helper a")
            try await engine.say("/cancel task \(try await engine.tasks()[0].id)")
            await engine.advance(by: .seconds(60))
            #expect(model.requests.count == 1)
            #expect(try await engine.tasks()[0].state == .cancelled)
        }
    }

    @Test func `A cancel between the claim and the start reaches the work`() async throws {
        let first = ReleasedText()
        let model = ScriptedModel(.speaks(first), otherwise: .hangs)
        try await withEngine(.helper(model, settings: EngineSettings(maxConcurrent: 1))) { engine in
            try await engine.say("/run agent helper first")
            engine.store.afterClaim { tasks in
                for task in tasks { _ = try? await engine.engine.cancel(task.id) }
            }
            try await engine.say("/run agent helper a")
            first.end()
            await engine.settle()
            #expect(try await engine.tasks()[1].state == .cancelled)
            #expect(model.active == 0)
            #expect(engine.engine.orchestrator.runningCount == 0)
        }
    }

    @Test func `A cancel of a task that starts as it is stored reaches the work`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model)) { engine in
            engine.store.afterEnqueue { task in _ = try? await engine.engine.cancel(task.id) }
            try await engine.say("/run agent helper a")
            #expect(try await engine.tasks().map(\.state) == [.cancelled])
            #expect(model.active == 0)
            #expect(engine.engine.orchestrator.runningCount == 0)
            #expect(engine.engine.orchestrator.freePermits == 10)
        }
    }

    @Test func `What follows a cancelled turn waits until its work has stopped`() async throws {
        let release = AsyncGate()
        let model = ScriptedModel(
            .does { _, _ in
                try? await Hanging.untilCancelled()
                await release.wait()
                throw CancellationError()
            }, .answer("second"))
        try await withEngine(.helper(model)) { engine in
            try await engine.say("first")
            try await engine.say("second")
            _ = try await engine.engine.cancel(try await engine.tasks()[0].id)
            await engine.settle()
            #expect(try await engine.tasks()[0].state == .cancelled)
            #expect(model.activeMax == 1)
            release.open()
            await engine.settle()
            #expect(model.activeMax == 1)
            #expect(engine.platform.texts.last == "second")
        }
    }

    @Test func `A cancel that races with the end gives exactly one final state`() async throws {
        let model = ScriptedModel(
            otherwise: .does { _, _ in
                await Task.yield()
                return ModelResponse(text: "done")
            })
        let load = EngineUnderLoad(.helper(model, settings: EngineSettings(maxTasksPerUser: 10_000)))
        try await load.run {
            let cancelled = Recorder<TaskID>()
            try await withThrowingTaskGroup { group in
                for number in 0..<300 {
                    group.addTask {
                        let task = try await load.engine.submitTask(agent: "helper", input: "\(number)", user: "ann")
                        for _ in 0..<(number % 7) { await Task.yield() }
                        if case .cancelled = try await load.engine.cancel(task.id) { cancelled.add(task.id) }
                    }
                }
                try await group.waitForAll()
            }
            let tasks = try await load.finalTasks()
            #expect(Set(tasks.filter { $0.state == .cancelled }.map(\.id)) == Set(cancelled.all))
            #expect(tasks.allSatisfy { ($0.state == .completed) == ($0.output == "done") })
            let totals = load.engine.metrics.snapshot
            #expect(totals.completed + totals.cancelled == 300)
            #expect(totals.cancelled == cancelled.count)
        }
        #expect(load.engine.orchestrator.freePermits == 10)
    }
}
