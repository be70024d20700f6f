import NightjarEngine
import NightjarTesting
import Testing

@Suite struct AgentRunTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    @Test func `Text is streamed as it comes`() async throws {
        let text = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(text)), settings: quiet)) { engine in
            let message = InboundMessage(
                address: Address(platform: "test", channel: "c", user: "ann"), text: "hi", receivedAt: engine.engine.clock.now)
            let (_, watch) = try await engine.engine.acceptAndWatch(message)
            var events = watch.makeAsyncIterator()
            await engine.settle()
            let task = try await engine.tasks()[0].id
            for piece in ["one ", "two"] {
                text.say(piece)
                #expect(await events.next() == .delta(task: task, attempt: 1, text: piece))
            }
            text.end()
            guard case .reply(let reply) = await events.next() else { return #expect(Bool(false), "the reply follows") }
            #expect(reply.rendered == .text("one two"))
            #expect(await events.next() == .end)
            #expect(await events.next() == nil)
        }
    }

    @Test func `The model sees its calls and their results`() async throws {
        let call = ToolCall.sample("time", #"{"zone":"CET"}"#)
        let model = ScriptedModel(.calls([call], text: "let me look"), .answer("noon"))
        let tool = ScriptedTool("time") { _, _ in "12:00" }
        try await withEngine(.helper(model, tools: [tool], settings: quiet)) { engine in
            try await engine.say("/run agent helper what time is it?")
            #expect(
                model.requests.all[1].messages == [
                    .user("what time is it?"), .assistant(text: "let me look", toolCalls: [call]),
                    .toolResults([ToolResult(callID: "c1", name: "time", content: "12:00")]),
                ])
            #expect(tool.calls.all == [.object(["zone": .string("CET")])])
            #expect(try await engine.tasks()[0].output == "noon")
        }
    }

    @Test func `Who calls tools for ever is stopped`() async throws {
        let model = ScriptedModel(otherwise: .calls([.sample("again")]))
        let tool = ScriptedTool("again") { _, _ in "" }
        try await withEngine(.helper(model, tools: [tool], settings: quiet, maxIterations: 3)) { engine in
            try await engine.say("/run agent helper x")
            #expect(try await engine.tasks()[0].failure?.code == "too_many_iterations")
            #expect(model.requests.count == 3)
        }
    }

    @Test func `Usage is added up over all answers`() async throws {
        let model = ScriptedModel(
            .calls([.sample("noop")], usage: TokenUsage(input: 10, output: 1)), .answer("done", usage: TokenUsage(input: 20, output: 5)))
        try await withEngine(.helper(model, tools: [ScriptedTool("noop") { _, _ in "" }], settings: quiet)) { engine in
            try await engine.say("/run agent helper x")
            #expect(try await engine.tasks()[0].usage == TokenUsage(input: 30, output: 6))
            #expect(engine.engine.metrics.snapshot.usage == TokenUsage(input: 30, output: 6))
        }
    }

    @Test func `A conversation is remembered, and only its own`() async throws {
        let model = ScriptedModel(.answer("hello ann"), .answer("hello bob"), .answer("yes"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("I am ann")
            try await engine.say("I am bob", as: "bob")
            try await engine.say("do you know me?")
            #expect(
                model.requests.all[2].messages == [
                    .user("I am ann"), .assistant(text: "hello ann", toolCalls: []), .user("do you know me?"),
                ])
        }
    }

    @Test func `Memory has a length, and independent tasks have none`() async throws {
        let model = ScriptedModel()
        try await withEngine(.helper(model, settings: quiet, memoryTurns: 1)) { engine in
            for text in ["one", "two", "three", "/run agent helper four"] { try await engine.say(text) }
            #expect(model.requests.all.map(\.messages.count) == [1, 3, 3, 1])
            #expect(model.requests.all[2].messages.first == .user("two"))
        }
    }

    @Test func `Instructions can be computed for the task`() async throws {
        let model = ScriptedModel()
        let agent = AgentDefinition(
            name: "clerk", modelName: "m", model: model, instructions: .computed { "serve \($0.address.user): \($0.text)" })
        try await withEngine(Definitions(settings: quiet, agents: [agent])) { engine in
            try await engine.say("/run agent clerk x")
            #expect(model.requests.all[0].instructions == "serve ann: x")
        }
    }

    @Test func `Instructions that fail, fail the task with their place`() async throws {
        let agent = AgentDefinition(
            name: "clerk", modelName: "m", model: ScriptedModel(),
            instructions: .computed { _ in throw ScriptError(message: "no such field", location: "agents.lua:7") })
        try await withEngine(Definitions(settings: quiet, agents: [agent])) { engine in
            try await engine.say("/run agent clerk x")
            let failure = try await engine.tasks()[0].failure
            #expect(failure == TaskFailure(code: "script_error", message: "agents.lua:7: no such field"))
        }
    }
}
