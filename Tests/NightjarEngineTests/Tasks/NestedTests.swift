import NightjarEngine
import NightjarTesting
import Testing

@Suite struct NestedTests {
    private let quiet = EngineSettings(maxTasksPerUser: 100, autoAcknowledge: false)

    /// An agent whose only tool runs another agent, or its own.
    private func delegating(to child: String, isIdempotent: Bool = false) -> ScriptedTool {
        ScriptedTool("delegate", isIdempotent: isIdempotent) { _, context in
            try await context.run(agent: child, input: "part").output ?? ""
        }
    }

    private func agent(_ name: String, _ model: any Model, tools: [any Tool] = []) -> AgentDefinition {
        AgentDefinition(name: name, modelName: name, model: model, tools: tools)
    }

    @Test func `Ten parents that wait for children do not block ten permits`() async throws {
        let parent = ScriptedModel(
            otherwise: .does { request, _ in
                if case .toolResults(let results) = request.messages.last { return ModelResponse(text: results[0].content) }
                return ModelResponse(text: "", toolCalls: [.sample("delegate")], stopReason: .toolCalls)
            })
        let child = ScriptedModel(otherwise: .answer("done"))
        try await withEngine(
            .helper(parent, tools: [delegating(to: "child")], settings: quiet, others: [agent("child", child)])
        ) { engine in
            for number in 0..<10 { try await engine.say("/run agent helper \(number)") }
            let tasks = try await engine.tasks()
            #expect(tasks.count == 20)
            #expect(tasks.allSatisfy { $0.state == .completed && $0.output == "done" })
        }
    }

    @Test func `Nesting ends at depth four`() async throws {
        let model = ScriptedModel(
            otherwise: .does { request, _ in
                if case .toolResults(let results) = request.messages.last { return ModelResponse(text: results[0].content) }
                return ModelResponse(text: "", toolCalls: [.sample("delegate")], stopReason: .toolCalls)
            })
        try await withEngine(.helper(model, tools: [delegating(to: "helper")], settings: quiet)) { engine in
            try await engine.say("/run agent helper go")
            let tasks = try await engine.tasks()
            #expect(tasks.map(\.depth).sorted() == [0, 1, 2, 3, 4])
            #expect(tasks[0].output?.contains("only 4 deep") == true)
        }
    }

    @Test func `A nested task does not count for the quota`() async throws {
        let parent = ScriptedModel(.calls([.sample("delegate")]), otherwise: .hangs)
        let child = ScriptedModel(otherwise: .hangs)
        var settings = quiet
        settings.maxTasksPerUser = 2
        try await withEngine(
            .helper(parent, tools: [delegating(to: "child")], settings: settings, others: [agent("child", child)])
        ) { engine in
            try await engine.say("/run agent helper a")
            try await engine.say("/run agent helper b")
            #expect(try await engine.tasks().filter { $0.depth == 0 }.count == 2)
        }
    }

    @Test func `A cancel of the parent reaches the child`() async throws {
        let parent = ScriptedModel(.calls([.sample("delegate")]))
        let child = ScriptedModel(otherwise: .hangs)
        try await withEngine(
            .helper(parent, tools: [delegating(to: "child")], settings: quiet, others: [agent("child", child)])
        ) { engine in
            try await engine.say("/run agent helper a")
            #expect(child.active == 1)
            _ = try await engine.engine.cancel(try await engine.tasks()[0].id)
            await engine.settle()
            #expect(child.cancelled.count == 1)
            #expect(try await engine.tasks().map(\.state) == [.cancelled, .cancelled])
            #expect(engine.engine.orchestrator.runningCount == 0)
        }
    }

    @Test func `A cancel of the child alone is told to the parent's model`() async throws {
        let parent = ScriptedModel(.calls([.sample("delegate")]), .answer("went on"))
        let child = ScriptedModel(otherwise: .hangs)
        try await withEngine(
            .helper(parent, tools: [delegating(to: "child")], settings: quiet, others: [agent("child", child)])
        ) { engine in
            try await engine.say("/run agent helper a")
            let nested = try await engine.tasks()[1]
            _ = try await engine.engine.cancel(nested.id)
            await engine.settle()
            #expect(child.cancelled.count == 1)
            #expect(try await engine.tasks().map(\.state) == [.completed, .cancelled])
            #expect(parent.requests.all.last?.toolResult?.contains("was cancelled") == true)
        }
    }

    @Test func `A child that fails for a while is tried again in place`() async throws {
        let parent = ScriptedModel(.calls([.sample("delegate")]), .answer("whole"))
        let child = ScriptedModel(.failure(ModelError(.provider, "busy", isRetryable: true)), .answer("part"))
        try await withEngine(
            .helper(parent, tools: [delegating(to: "child")], settings: quiet, others: [agent("child", child)])
        ) { engine in
            try await engine.say("/run agent helper a")
            await engine.advance(by: .seconds(2))
            #expect(try await engine.tasks().map(\.state) == [.completed, .completed])
            #expect(parent.requests.all.last?.toolResult == "part")
            #expect(engine.engine.metrics.snapshot.retries == 1)
        }
    }

    @Test func `Two answers that use the same call id run two children`() async throws {
        let parent = ScriptedModel(.calls([.sample("delegate")]), .calls([.sample("delegate")]), .answer("whole"))
        let child = ScriptedModel(.answer("one"), .answer("two"))
        try await withEngine(
            .helper(parent, tools: [delegating(to: "child")], settings: quiet, others: [agent("child", child)])
        ) { engine in
            try await engine.say("/run agent helper a")
            #expect(parent.requests.all.compactMap(\.toolResult) == ["one", "two"])
        }
    }

    @Test func `A timeout of the child fails the child, and the parent goes on`() async throws {
        let parent = ScriptedModel(.calls([.sample("delegate")]), .answer("went on"))
        var slow = agent("child", ScriptedModel(otherwise: .hangs))
        slow.timeout = .seconds(5)
        try await withEngine(.helper(parent, tools: [delegating(to: "child")], settings: quiet, others: [slow])) { engine in
            try await engine.say("/run agent helper a")
            await engine.advance(by: .seconds(5))
            #expect(try await engine.tasks().map(\.state) == [.completed, .failed])
            #expect(parent.requests.all.last?.toolResult?.contains("took longer than 5s") == true)
        }
    }

    @Test func `A timeout of the tool cancels the child`() async throws {
        let parent = ScriptedModel(.calls([.sample("delegate")]), .answer("went on"))
        let child = ScriptedModel(otherwise: .hangs)
        let tool = ScriptedTool("delegate", timeout: .seconds(5)) { _, context in
            try await context.run(agent: "child", input: "part").output ?? ""
        }
        try await withEngine(.helper(parent, tools: [tool], settings: quiet, others: [agent("child", child)])) { engine in
            try await engine.say("/run agent helper a")
            await engine.advance(by: .seconds(5))
            #expect(try await engine.tasks().map(\.state) == [.completed, .cancelled])
        }
    }

    @Test func `A clean shutdown puts the child back, and its parent takes it up again`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let parent = ScriptedModel(.calls([.sample("delegate")]))
        let child = ScriptedModel(.hangs, .answer("part"))
        let definitions = Definitions.helper(
            parent, tools: [delegating(to: "child", isIdempotent: true)], settings: quiet, others: [agent("child", child)])
        try await withEngine(definitions, over: store, clock: clock) { engine in
            try await engine.say("/run agent helper a")
            await engine.beginShutdown()
            await engine.advance(by: EngineLimits.drainGrace)
            let tasks = try await engine.tasks()
            #expect(tasks.map(\.state) == [.pending, .pending])
            #expect(tasks.map(\.attempt) == [0, 0])
            #expect(tasks.allSatisfy { $0.failure == nil && $0.lostLeases == 0 })
        }
        parent.then(.answer("whole"))
        try await withEngine(definitions, over: store, clock: clock) { engine in
            let tasks = try await engine.tasks()
            #expect(tasks.map(\.state) == [.completed, .completed])
            #expect(tasks.map(\.output) == ["whole", "part"])
        }
    }

    @Test func `The child's result survives a store that is full for a while`() async throws {
        let parent = ScriptedModel(.calls([.sample("delegate")]), .answer("whole"))
        let text = ReleasedText()
        let child = ScriptedModel(.speaks(text))
        try await withEngine(
            .helper(parent, tools: [delegating(to: "child")], settings: quiet, others: [agent("child", child)])
        ) { engine in
            try await engine.say("/run agent helper a")
            engine.store.fail(.settle, times: 3)
            text.say("part")
            text.end()
            await engine.advance(by: .seconds(5))
            #expect(try await engine.tasks().map(\.state) == [.completed, .completed])
            #expect(child.requests.count == 1)
        }
    }
}

extension ModelRequest {
    /// The first tool result of the last message.
    var toolResult: String? {
        if case .toolResults(let results) = messages.last { results.first?.content } else { nil }
    }
}
