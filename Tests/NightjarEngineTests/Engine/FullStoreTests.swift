import Logging
import NightjarTesting
import Testing

@testable import NightjarEngine

/// The disk is full for three seconds, at every step of a message's way.
@Suite struct FullStoreTests {
    private static let steps: [StoreStep] = [
        .finishMessage, .enqueue, .claim, .nextDelayedTask, .turns, .appendJournal, .journal, .settle, .updateOutbox,
    ]

    @Test(arguments: steps) func `Nothing is lost, and nothing happens twice`(step: StoreStep) async throws {
        let model = ScriptedModel(
            otherwise: .does { request, _ in
                if case .toolResults = request.messages.last { return ModelResponse(text: "done") }
                return ModelResponse(text: "", toolCalls: [.sample("t")], stopReason: .toolCalls)
            })
        let tool = ScriptedTool("t", isIdempotent: true) { _, _ in "ok" }
        try await withEngine(.helper(model, tools: [tool])) { engine in
            engine.store.fail(step)
            try await engine.say("hello")
            await engine.advance(by: .seconds(3))
            engine.store.mend()
            await engine.advance(by: .seconds(10))
            #expect(engine.platform.texts == ["done"])
            let tasks = try await engine.tasks()
            #expect(tasks.map(\.state) == [.completed])
            #expect(tasks.map(\.attempt) == [1])
            #expect(try await engine.store.base.unhandledMessages().isEmpty)
            #expect(try await engine.store.base.outboxCounts()[.pending] == 0)
        }
    }

    @Test(arguments: steps) func `A crash while it is full loses nothing either`(step: StoreStep) async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let model = ScriptedModel(otherwise: .answer("done"))
        try await withEngine(.helper(model), over: store, clock: clock) { engine in
            engine.store.fail(step)
            try await engine.say("hello")
            await engine.advance(by: .seconds(3))
            engine.crash()
        }
        await clock.advance(by: .seconds(1))
        try await withEngine(.helper(model), over: store, clock: clock) { engine async throws in
            #expect(try await engine.tasks().map(\.state) == [.completed])
            #expect(try store.unhandledMessages().isEmpty)
            #expect(try store.outboxCounts() == [.pending: 0, .delivered: 1, .dead: 0])
        }
    }

    @Test func `A task that was asked for begins when there is room for it`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            engine.store.fail(.enqueue, times: 3)
            try await engine.say("/run agent helper x")
            #expect(engine.platform.texts.isEmpty)
            await engine.advance(by: .seconds(4))
            #expect(engine.platform.delivered.all.map(\.kind) == ["task_started", "task_completed"])
            #expect(try await engine.tasks().count == 1)
            #expect(try await engine.store.base.unhandledMessages().isEmpty)
        }
    }

    /// What a handler may do that needs the store.
    enum Effect: CaseIterable, Sendable {
        case reply, post, start, run, ask, state

        func happen(_ context: HandlerContext) async throws -> String {
            switch self {
            case .reply: try await context.reply("effect")
            case .post: try await context.post("effect", to: "test:#ops")
            case .start: _ = try await context.start(agent: "helper", input: "x")
            case .run: return try await context.run(agent: "helper", input: "x").output ?? ""
            case .ask: return try await context.ask("effect", choices: ["yes"], timeout: .seconds(2)) ?? "nobody"
            case .state: context.control.stateTable["key"] = "1"
            }
            return "done"
        }
    }

    @Test(arguments: Effect.allCases) func `What a handler does waits for room, and it never hears of that`(effect: Effect) async throws {
        let runs = Recorder<Void>()
        let command = CommandDefinition(name: "try") { context in
            runs.add(())
            return .answer(try await effect.happen(context))
        }
        let settings = EngineSettings(autoAcknowledge: false)
        try await withEngine(.helper(ScriptedModel(), settings: settings, commands: [command])) { engine async throws in
            engine.store.fail(.enqueue, .post, .ask, .saveState, times: 3)
            try await engine.say("/try")
            await engine.advance(by: .milliseconds(2900))
            #expect(engine.platform.texts.isEmpty)
            engine.store.mend()
            await engine.advance(by: .seconds(10))
            let expected: [Effect: [String]] = [
                .reply: ["effect", "done"], .post: ["effect", "done"], .run: ["ok"], .state: ["done"],
                .ask: ["effect\n\n1. yes\n\nAnswer with a number.", "nobody"],
            ]
            if let expected = expected[effect] { #expect(engine.platform.texts == expected) }
            #expect(runs.count == 1)
            #expect(engine.platform.delivered.all.allSatisfy { $0.kind != "error" })
            #expect(try await engine.tasks().count == ([.start, .run].contains(effect) ? 1 : 0))
            #expect(try await engine.store.base.unhandledMessages().isEmpty)
            #expect(engine.engine.tracker.isEmpty)
        }
    }

    @Test func `What a trigger sends waits for room too`() async throws {
        let model = ScriptedModel()
        var definitions = Definitions.helper(model)
        definitions.triggers = [
            TriggerDefinition(name: "t", schedule: .after(.seconds(5))) { context in
                try await context.send("wake up")
                return .none
            }
        ]
        try await withEngine(definitions, runsTriggers: true) { engine in
            engine.store.fail(.accept)
            await engine.advance(by: .seconds(8))
            #expect(model.requests.count == 0)
            engine.store.mend()
            await engine.advance(by: .seconds(2))
            #expect(model.requests.all.map(\.input) == ["wake up"])
        }
    }

    @Test(arguments: [
        TriggerSchedule.every(.seconds(600)), .at(EngineFixture.start + .seconds(600)),
    ]) func `A slot that falls due waits for room`(schedule: TriggerSchedule) async throws {
        let firings = Recorder<Void>()
        var definitions = Definitions.helper(ScriptedModel())
        definitions.triggers = [
            TriggerDefinition(name: "t", schedule: schedule, options: TriggerOptions(pauseOnFailure: 1)) { _ in
                firings.add(())
                return .none
            }
        ]
        try await withEngine(definitions, runsTriggers: true) { engine async throws in
            engine.store.fail(.accept)
            await engine.advance(by: .seconds(603))
            #expect(firings.count == 0)
            engine.store.mend()
            await engine.advance(by: .seconds(2))
            #expect(firings.count == 1)
            let summary = try #require(engine.engine.triggerSummaries.first)
            #expect((summary.failures, summary.isPaused) == (0, false))
        }
    }

    @Test func `A nested task begins when there is room for it`() async throws {
        let model = ScriptedModel(
            otherwise: .does { request, _ in
                if request.input == "nested" { return ModelResponse(text: "inner") }
                if case .toolResults(let results) = request.messages.last { return ModelResponse(text: results[0].content) }
                return ModelResponse(text: "", toolCalls: [.sample("t")], stopReason: .toolCalls)
            })
        let tool = ScriptedTool("t") { _, context in try await context.run(agent: "helper", input: "nested").output ?? "" }
        try await withEngine(.helper(model, tools: [tool])) { engine in
            engine.store.fail(.startNested, times: 3)
            try await engine.say("hello")
            await engine.advance(by: .seconds(4))
            #expect(engine.platform.texts == ["inner"])
            #expect(try await engine.tasks().map(\.state) == [.completed, .completed])
            #expect(try await engine.tasks()[0].attempt == 1)
        }
    }

    @Test func `An unusable store fails the task instead of trying for ever`() async throws {
        let model = ScriptedModel(.calls([.sample("noop")]))
        let noop = ScriptedTool("noop") { _, _ in "" }
        try await withEngine(.helper(model, tools: [noop], settings: EngineSettings(autoAcknowledge: false))) { engine in
            engine.store.fail(.appendJournal, with: StoreError(.corrupt, "The file is damaged."))
            try await engine.say("/run agent helper x")
            #expect(try await engine.tasks()[0].failure == TaskFailure(code: "store_corrupt", message: "The file is damaged."))
        }
    }

    @Test func `A journal that never takes anything ends with the task's time`() async throws {
        let settings = EngineSettings(commandTimeout: .seconds(10), autoAcknowledge: false)
        let model = ScriptedModel(
            otherwise: .does { _, _ in
                ModelResponse(text: "", toolCalls: [.sample("noop")], stopReason: .toolCalls)
            })
        let noop = ScriptedTool("noop") { _, _ in "" }
        try await withEngine(.helper(model, tools: [noop], settings: settings)) { engine in
            engine.store.fail(.appendJournal)
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(12))
            #expect(try await engine.tasks()[0].failure?.code == "timeout")
        }
    }

    @Test func `A reload whose slots cannot be stored changes nothing`() async throws {
        let model = ScriptedModel()
        try await withEngine(.helper(model), runsTriggers: true) { engine in
            engine.store.fail(.slots)
            var next = Definitions.helper(model)
            next.generation = 2
            next.triggers = [TriggerDefinition(name: "t", schedule: .every(.seconds(600))) { _ in .none }]
            let new = next
            await #expect(throws: StoreError.self) { try await engine.engine.install(new) }
            #expect(engine.engine.definitions.generation == 0)
        }
    }

    @Test func `A reload whose slots cannot be stored leaves the triggers with their old handlers`() async throws {
        let firings = Recorder<String>()
        func generation(_ name: String, triggers: [String]) -> Definitions {
            var definitions = Definitions.helper(ScriptedModel())
            definitions.triggers = triggers.map { trigger in
                TriggerDefinition(name: trigger, schedule: .every(.seconds(600))) { _ in
                    firings.add("\(name) \(trigger)")
                    return .none
                }
            }
            return definitions
        }
        let (old, new) = (generation("old", triggers: ["kept", "gone"]), generation("new", triggers: ["kept", "added"]))
        try await withEngine(old, runsTriggers: true) { engine in
            await engine.advance(by: .seconds(60))
            engine.store.fail(.slots, times: 1)
            await #expect(throws: StoreError.self) { try await engine.engine.install(new) }
            await engine.advance(by: .seconds(600))
            #expect(firings.all.sorted() == ["old gone", "old kept"])
            try await engine.engine.install(new)
            await engine.advance(by: .seconds(600))
            #expect(firings.all.dropFirst(2).sorted() == ["new added", "new kept"])
        }
    }

    @Test func `A reload whose slots cannot be stored leaves the platforms`() async throws {
        let store = FaultyStore(MemoryStore())
        var old = Definitions.helper(ScriptedModel())
        old.platforms = [PlatformDefinition(name: "kept", options: ["token": .string("old")]), PlatformDefinition(name: "gone")]
        let made = Recorder<RecordingPlatform>()
        let engine = Engine(
            definitions: old, store: store,
            makePlatform: { definition in
                let platform = RecordingPlatform(name: definition.name)
                made.add(platform)
                return platform
            }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await engine.prepare()
        var new = old
        new.platforms = [PlatformDefinition(name: "kept", options: ["token": .string("new")]), PlatformDefinition(name: "added")]
        new.triggers = [TriggerDefinition(name: "t", schedule: .every(.seconds(600))) { _ in .none }]
        store.fail(.slots, times: 1)
        let next = new
        await #expect(throws: StoreError.self) { try await engine.install(next) }
        #expect(engine.presenter.platform("kept") as? RecordingPlatform === made.all.first)
        #expect(engine.presenter.platform("gone") != nil)
        #expect(engine.presenter.platform("added") == nil)
        try await engine.install(next)
        #expect(engine.presenter.platform("kept") as? RecordingPlatform !== made.all.first)
        #expect(engine.presenter.platform("gone") == nil)
        #expect(engine.presenter.platform("added") != nil)
    }
}
