import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@Suite struct HandlerContextTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    private func run(
        _ model: ScriptedModel = ScriptedModel(), settings: EngineSettings? = nil,
        _ body: @escaping @Sendable (HandlerContext) async throws -> HandlerResult,
        then check: @Sendable (EngineFixture) async throws -> Void
    ) async throws {
        let command = CommandDefinition(name: "try", run: body)
        try await withEngine(.helper(model, settings: settings ?? quiet, commands: [command])) { engine in
            try await engine.say("/try a b --env=prod", replyRoute: "https://example.com/hook")
            try await check(engine)
        }
    }

    @Test func `A handler knows what was said`() async throws {
        try await run {
            .answer("\($0.arguments) \($0.flags) \($0.address.user)")
        } then: { engine in
            #expect(engine.platform.texts == [#"["a", "b"] ["env": "prod"] ann"#])
        }
    }

    @Test func `Replies come before the answer, in order, to the same place and callback`() async throws {
        try await run { context in
            try await context.reply("one")
            try await context.reply("two")
            return .answer("three")
        } then: { engine in
            #expect(engine.platform.texts == ["one", "two", "three"])
            #expect(engine.platform.delivered.all.allSatisfy { $0.replyRoute == "https://example.com/hook" })
        }
    }

    @Test func `An empty answer or reply sends nothing, and the message ends`() async throws {
        let shrug = MessageHandlerDefinition(pattern: "^hm") { _ in .answer("") }
        let mute = CommandDefinition(name: "mute") { context in
            try await context.reply("")
            try await context.post("", to: "test:#ops")
            return .answer("")
        }
        try await withEngine(.helper(ScriptedModel(), settings: quiet, commands: [mute], messageHandlers: [shrug])) { engine in
            for text in ["/mute", "hm"] {
                let message = try await engine.say(text)
                #expect(try await engine.engine.message(message.id)?.state == .handled)
                #expect(!engine.engine.isOpen(message.id))
            }
            #expect(engine.platform.texts == [])
            #expect(try await engine.tasks().isEmpty)
        }
    }

    @Test func `A task that a handler starts reports to the same callback`() async throws {
        try await run { context in
            _ = try await context.start(agent: "helper", input: "x")
            return .none
        } then: { engine in
            #expect(engine.platform.texts.count == 1)
            #expect(engine.platform.delivered.all[0].replyRoute == "https://example.com/hook")
        }
    }

    @Test func `A tool's replies go to the callback of its task`() async throws {
        let tool = ScriptedTool("tell") { _, context in
            try await context.reply("told")
            return ""
        }
        try await withEngine(.helper(ScriptedModel(.calls([.sample("tell")])), tools: [tool], settings: quiet)) { engine in
            try await engine.say("/run agent helper x", replyRoute: "https://example.com/hook")
            #expect(engine.platform.texts.first == "told")
            #expect(engine.platform.delivered.all.allSatisfy { $0.replyRoute == "https://example.com/hook" })
        }
    }

    @Test func `run gives the result and reports nothing by itself`() async throws {
        try await run(ScriptedModel(.answer("42"))) { context in
            .answer(try await context.run(agent: "helper", input: "x").output ?? "")
        } then: { engine in
            #expect(engine.platform.texts == ["42"])
        }
    }

    @Test func `run throws what the task failed with`() async throws {
        try await run(ScriptedModel(.failure(ModelError(.request, "no", isRetryable: false)))) { context in
            do { _ = try await context.run(agent: "helper", input: "x") } catch let failure as TaskFailure {
                return .answer(failure.code)
            }
            return .none
        } then: { engine in
            #expect(engine.platform.texts == ["model_error"])
        }
    }

    @Test func `An unknown agent is told with the nearest name, and logged as the script's mistake`() async throws {
        try await run { context in
            _ = try await context.run(agent: "helpr", input: "x")
            return .none
        } then: { engine in
            #expect(engine.platform.texts[0].contains("helper"))
            #expect(engine.log.entries.contains { $0.message == "a handler failed" && "\($0.metadata)".contains("helpr") })
        }
    }

    @Test func `Over quota, start is refused`() async throws {
        var settings = quiet
        settings.maxTasksPerUser = 1
        try await run(ScriptedModel(otherwise: .hangs), settings: settings) { context in
            _ = try await context.start(agent: "helper", input: "1")
            _ = try await context.start(agent: "helper", input: "2")
            return .none
        } then: { engine async throws in
            #expect(engine.platform.texts[0].contains("You have 1 tasks"))
            #expect(try await engine.tasks().count == 1)
        }
    }

    @Test(arguments: ["nowhere:#ops", "#ops", ":x", "test:"]) func `post needs a platform and a channel`(target: String) async throws {
        try await run { context in
            try await context.post("hello", to: target)
            return .none
        } then: { engine in
            #expect(engine.platform.texts.count == 1)
            #expect(engine.platform.texts[0].contains("platform"))
        }
    }

    @Test func `A handler's failure is told to the person, with its place but not its traceback`() async throws {
        try await run { _ in
            throw ScriptError(message: "nil value", location: "commands.lua:3", traceback: "secret stack")
        } then: { engine in
            #expect(engine.platform.texts[0].contains("commands.lua:3: nil value"))
            #expect(!engine.platform.texts[0].contains("secret stack"))
        }
    }

    @Test func `A task over HTTP needs a known agent, and its user has a quota`() async throws {
        try await withEngine(.helper(ScriptedModel(otherwise: .hangs), settings: quiet)) { engine in
            await #expect(throws: EngineError.self) { try await engine.engine.submitTask(agent: "nobody", input: "", user: "u") }
            for _ in 0..<3 { _ = try await engine.engine.submitTask(agent: "helper", input: "", user: "u") }
            await #expect(throws: EngineError.self) { try await engine.engine.submitTask(agent: "helper", input: "", user: "u") }
        }
    }
}
