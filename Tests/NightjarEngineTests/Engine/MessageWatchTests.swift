import NightjarTesting
import Synchronization
import Testing

@testable import NightjarEngine

@Suite struct MessageWatchTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    private func message(_ text: String) -> InboundMessage {
        InboundMessage(
            address: Address(platform: "test", channel: "c", user: "ann"), text: text, receivedAt: Timestamp(milliseconds: 0))
    }

    private func kinds(_ watch: Watch<MessageEvent>) async -> [String] {
        var kinds: [String] = []
        for await event in watch {
            switch event {
            case .delta: kinds.append("delta")
            case .reply(let entry): kinds.append(entry.content.kind)
            case .asked: kinds.append("asked")
            case .end: kinds.append("end")
            }
        }
        return kinds
    }

    @Test func `A run's events end with its report`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            let (_, watch) = try await engine.engine.acceptAndWatch(message("/run agent helper x"))
            await engine.settle()
            #expect(await kinds(watch) == ["task_started", "delta", "task_completed", "end"])
            #expect(engine.engine.tracker.isEmpty)
        }
    }

    @Test func `A task that is over before its acknowledgement was noted is acknowledged first all the same`() async throws {
        let gate = AsyncGate()
        let first = ReleasedText()
        let settings = EngineSettings(maxConcurrent: 1)
        try await withEngine(.helper(ScriptedModel(.speaks(first)), settings: settings)) { engine in
            try await engine.say("/run agent helper first")
            engine.store.afterEnqueue { task in if task.input == "slow" { await gate.wait() } }
            let (_, watch) = try await engine.engine.acceptAndWatch(message("/run agent helper slow"))
            // Its own wake-up is still to come; this one's finds it.
            try await engine.say("/run agent helper other")
            first.end()
            await engine.settle()
            #expect(try await engine.tasks().map(\.state) == [.completed, .completed, .pending])
            gate.open()
            await engine.settle()
            #expect(await kinds(watch).filter { $0 != "delta" } == ["task_started", "task_completed", "end"])
            #expect(engine.platform.delivered.all.filter { $0.address.channel == "c" }.map(\.kind) == ["task_started", "task_completed"])
            #expect(engine.engine.tracker.isEmpty)
        }
    }

    @Test func `What a handler runs for itself is not streamed`() async throws {
        let inner = CommandDefinition(name: "deploy") { context in
            .answer("deployed: \(try await context.run(agent: "helper", input: "check").output ?? "")")
        }
        try await withEngine(.helper(ScriptedModel(), commands: [inner])) { engine in
            let (_, watch) = try await engine.engine.acceptAndWatch(message("/deploy"))
            await engine.settle()
            #expect(await kinds(watch) == ["text", "end"])
            #expect(engine.platform.texts == ["deployed: ok"])
        }
    }

    @Test func `A queued message ends with its own answer`() async throws {
        let text = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(text)), settings: quiet)) { engine in
            try await engine.say("first", in: "c")
            let (_, watch) = try await engine.engine.acceptAndWatch(message("second"))
            await engine.settle()
            text.end()
            await engine.settle()
            #expect(await kinds(watch) == ["delta", "text", "end"])
            #expect(engine.engine.tracker.isEmpty)
        }
    }

    @Test func `Nothing stays open, whatever became of the message`() async throws {
        let quitter = CommandDefinition(name: "quit") { _ in throw HandlerFailure("no") }
        let starter = CommandDefinition(name: "both") { context in
            try await context.reply("one moment")
            _ = try await context.start(agent: "helper", input: "x")
            _ = try await context.run(agent: "helper", input: "y")
            return .answer("done")
        }
        let model = ScriptedModel(.failure(ModelError(.request, "no", isRetryable: false)))
        try await withEngine(.helper(model, commands: [quitter, starter])) { engine in
            engine.platform.fail(2)
            for text in ["hello", "/nonsense", "/quit", "/both", "/run agent nobody x", "/list tasks", "/help", "/status task zzzz"] {
                try await engine.say(text)
            }
            await engine.advance(by: .seconds(60))
            #expect(engine.engine.tracker.isEmpty)
            #expect(engine.engine.inProgress.load(ordering: .relaxed) == 0)
        }
    }

    @Test func `A cancelled task's message ends`() async throws {
        try await withEngine(.helper(ScriptedModel(otherwise: .hangs), settings: quiet)) { engine in
            let (_, watch) = try await engine.engine.acceptAndWatch(message("/run agent helper x"))
            await engine.settle()
            _ = try await engine.engine.cancel(try await engine.tasks()[0].id)
            await engine.settle()
            #expect(await kinds(watch) == ["task_cancelled", "end"])
        }
    }

    @Test func `An end is not told before its reply is stored`() async throws {
        try await withEngine(.helper(ScriptedModel(), settings: quiet)) { engine in
            engine.store.fail(.updateOutbox, times: 2)
            let (_, watch) = try await engine.engine.acceptAndWatch(message("hi"))
            await engine.advance(by: .seconds(5))
            #expect(await kinds(watch) == ["delta", "text", "end"])
        }
    }

    @Test func `A message that was refused at the door ends at once`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            engine.store.fail(.accept)
            await #expect(throws: StoreError.self) { try await engine.engine.acceptAndWatch(message("hi")) }
            #expect(engine.engine.tracker.isEmpty)
        }
    }

    @Test func `A message that has ended cannot be watched`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            let message = try await engine.say("hi")
            #expect(engine.engine.watch(message.id) == nil)
            #expect(try await engine.engine.replies(to: message.id).map(\.rendered) == [.text("ok")])
            #expect(try await engine.engine.message(message.id)?.state == .handled)
        }
    }
}
