import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@Suite struct RetryTests {
    private let busy = ModelError(.provider, "busy", isRetryable: true)
    private let quiet = EngineSettings(autoAcknowledge: false)

    @Test func `A failure that may pass is tried again after about a second`() async throws {
        let model = ScriptedModel(.failure(busy), .answer("now"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .milliseconds(740))
            #expect(model.requests.count == 1)
            await engine.advance(by: .milliseconds(520))
            let task = try await engine.tasks()[0]
            #expect(task.state == .completed)
            #expect(task.attempt == 2)
            #expect(engine.engine.metrics.snapshot.retries == 1)
            #expect(engine.platform.texts.count == 1)
        }
    }

    @Test func `After three retries it fails`() async throws {
        let model = ScriptedModel(otherwise: .failure(busy))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(60))
            let task = try await engine.tasks()[0]
            #expect(task.state == .failed)
            #expect(task.failure == TaskFailure(code: "model_error", message: "busy"))
            #expect(model.requests.count == 4)
        }
    }

    @Test func `Each failed attempt leaves its cause in the log`() async throws {
        let model = ScriptedModel(otherwise: .failure(busy))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(60))
            let id = try await engine.tasks()[0].id
            let warnings = engine.log.entries.filter { $0.level == .warning && $0.metadata["task.id"] == "\(id)" }
            #expect(warnings.map { $0.metadata["attempt"] } == ["1", "2", "3", "4"])
            #expect(warnings.map(\.message.description).suffix(2) == ["an attempt of a task failed, it is tried again", "a task failed"])
            let last = try #require(warnings.last?.metadata)
            #expect(last["agent"] == "helper" && last["model"] == "scripted" && last["error"] == "model_error: busy")
        }
    }

    @Test func `A cancel leaves no failure in the log`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            try await engine.say("/cancel task \(try await engine.tasks()[0].id)")
            #expect(try await engine.tasks()[0].state == .cancelled)
            #expect(!engine.log.entries.contains { $0.level >= .warning })
        }
    }

    @Test func `A request of our own making is not tried again`() async throws {
        let model = ScriptedModel(otherwise: .failure(ModelError(.request, "bad request", status: 400, isRetryable: false)))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            #expect(try await engine.tasks()[0].state == .failed)
            #expect(model.requests.count == 1)
        }
    }

    @Test func `Retry-After is honoured`() async throws {
        let throttled = ModelError(.rateLimited, "slow down", status: 429, isRetryable: true, retryAfter: .seconds(30))
        let model = ScriptedModel(.failure(throttled), .answer("now"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .milliseconds(29_999))
            #expect(model.requests.count == 1)
            await engine.advance(by: .milliseconds(1))
            #expect(try await engine.tasks()[0].state == .completed)
        }
    }

    @Test func `An attempt after visible output replaces that output`() async throws {
        let first = ReleasedText()
        let model = ScriptedModel(.speaks(first), .answer("hello again"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            let message = InboundMessage(
                address: Address(platform: "test", channel: "c", user: "ann"), text: "hi", receivedAt: engine.engine.clock.now)
            let (_, watch) = try await engine.engine.acceptAndWatch(message)
            await engine.settle()
            first.say("hel")
            await engine.settle()
            first.end(throwing: busy)
            await engine.advance(by: .seconds(2))
            let task = try await engine.tasks()[0].id
            var deltas: [MessageEvent] = []
            for await event in watch { if case .delta = event { deltas.append(event) } }
            #expect(deltas == [.delta(task: task, attempt: 1, text: "hel"), .delta(task: task, attempt: 2, text: "hello again")])
            #expect(engine.platform.texts == ["hello again"])
        }
    }

    @Test func `Text that starts anew without a new attempt is told apart too`() async throws {
        let model = ScriptedModel(.calls([.sample("noop")], text: "let me see"), .answer("done"))
        let noop = ScriptedTool("noop") { _, _ in "" }
        try await withEngine(.helper(model, tools: [noop], settings: quiet)) { engine in
            engine.store.fail(.appendJournal, times: 1)
            let message = InboundMessage(
                address: Address(platform: "test", channel: "c", user: "ann"), text: "hi", receivedAt: engine.engine.clock.now)
            let (_, watch) = try await engine.engine.acceptAndWatch(message)
            model.then(.calls([.sample("noop")], text: "let me see"), .answer("done"))
            await engine.advance(by: .seconds(5))
            var numbers: [Int] = []
            for await event in watch { if case .delta(_, let attempt, _) = event { numbers.append(attempt) } }
            #expect(numbers.first == 1)
            #expect(numbers.last == 2)
            #expect(try await engine.tasks()[0].attempt == 1)
        }
    }

    @Test func `A tool that took effect is not called again`() async throws {
        let model = ScriptedModel(.calls([.sample("deploy")]), .failure(busy), .answer("deployed"))
        let deploy = ScriptedTool("deploy") { _, _ in "ok" }
        try await withEngine(.helper(model, tools: [deploy], settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(2))
            #expect(try await engine.tasks()[0].state == .completed)
            #expect(deploy.calls.count == 1)
            #expect(model.requests.count == 3)
        }
    }
}
