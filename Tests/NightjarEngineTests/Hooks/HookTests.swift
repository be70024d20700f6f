import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@Suite struct HookTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    @Test func `All six run in order around their work`() async throws {
        let log = Recorder<String>()
        let hook = ScriptedHook { event, _ in
            log.add(event.point.rawValue)
            return nil
        }
        let hooks = Dictionary(uniqueKeysWithValues: HookPoint.allCases.map { ($0, [hook as any Hook]) })
        let model = ScriptedModel(.calls([.sample("t")]), .answer("done"))
        let tool = ScriptedTool("t") { _, _ in
            log.add("tool")
            return "ok"
        }
        try await withEngine(.helper(model, tools: [tool], settings: quiet, hooks: hooks)) { engine in
            try await engine.say("/run agent helper x")
            #expect(
                log.all == [
                    "pre_task", "pre_turn", "post_turn", "pre_tool", "tool", "post_tool", "pre_turn", "post_turn", "post_task",
                ])
            let last = try #require(hook.events.all.last)
            #expect(last.output == "done")
            #expect(last.task.state == .completed)
            #expect(hook.events.all.compactMap(\.iteration) == [1, 1, 1, 1, 2, 2])
        }
    }

    @Test func `Each sees what the one before made of the input`() async throws {
        let first = ScriptedHook { event, _ in event.input + "1" }
        let second = ScriptedHook { event, _ in event.input + "2" }
        let model = ScriptedModel()
        try await withEngine(.helper(model, settings: quiet, hooks: [.preTask: [first, second]])) { engine in
            try await engine.say("/run agent helper x")
            #expect(second.events.all[0].input == "x1")
            #expect(model.requests.all[0].messages == [.user("x12")])
            #expect(try await engine.tasks()[0].input == "x")
        }
    }

    @Test func `A changed turn replaces what the person said`() async throws {
        let hook = ScriptedHook { _, _ in "[redacted]" }
        let model = ScriptedModel(.calls([.sample("t")]), .answer("done"))
        let tool = ScriptedTool("t") { _, _ in "ok" }
        try await withEngine(.helper(model, tools: [tool], settings: quiet, hooks: [.preTurn: [hook]])) { engine in
            try await engine.say("/run agent helper my password is hunter2")
            for request in model.requests.all {
                #expect(request.messages.first == .user("[redacted]"))
                #expect(request.messages.filter { if case .user = $0 { true } else { false } }.count == 1)
            }
        }
    }

    @Test func `A changed tool call is what the tool gets`() async throws {
        let before = ScriptedHook { _, _ in #"{"dry_run":true}"# }
        let after = ScriptedHook()
        let tool = ScriptedTool("t") { _, _ in "ok" }
        let model = ScriptedModel(.calls([.sample("t", id: "c", #"{"dry_run":false}"#)]), .answer("done"))
        try await withEngine(
            .helper(model, tools: [tool], settings: quiet, hooks: [.preTool: [before], .postTool: [after]])
        ) { engine in
            try await engine.say("/run agent helper x")
            #expect(tool.calls.all == [.object(["dry_run": .bool(true)])])
            #expect(after.events.all[0].input == #"{"dry_run":true}"#)
            #expect(after.events.all[0].output == "ok")
        }
    }

    @Test func `A refused task fails with the reason, and no model is asked`() async throws {
        let hook = ScriptedHook { _, _ in throw HandlerFailure("not on Fridays") }
        let model = ScriptedModel()
        try await withEngine(.helper(model, settings: quiet, hooks: [.preTask: [hook]])) { engine in
            try await engine.say("/run agent helper x")
            #expect(try await engine.tasks()[0].failure == TaskFailure(code: "refused", message: "not on Fridays"))
            #expect(model.requests.count == 0)
        }
    }

    @Test func `A refused tool call is told to the model`() async throws {
        let hook = ScriptedHook { _, _ in throw HandlerFailure("not allowed") }
        let tool = ScriptedTool("t") { _, _ in "ok" }
        let model = ScriptedModel(.calls([.sample("t")]), .answer("done"))
        try await withEngine(.helper(model, tools: [tool], settings: quiet, hooks: [.preTool: [hook]])) { engine in
            try await engine.say("/run agent helper x")
            #expect(model.requests.all.last?.toolResult == "refused: not allowed")
            #expect(tool.calls.count == 0)
        }
    }

    @Test(arguments: [HookPoint.preTask, .preTurn]) func `A hook that fails refuses`(point: HookPoint) async throws {
        let hook = ScriptedHook { _, _ in throw ScriptError(message: "nil value", location: "hooks.lua:3") }
        let model = ScriptedModel()
        try await withEngine(.helper(model, settings: quiet, hooks: [point: [hook]])) { engine in
            try await engine.say("/run agent helper x")
            let failure = try await engine.tasks()[0].failure
            #expect(failure?.code == "refused")
            #expect(failure?.message == "the \(point.rawValue) hook failed: hooks.lua:3: nil value")
            #expect(model.requests.count == 0)
        }
    }

    @Test(arguments: [HookPoint.postTask, .postTurn, .postTool]) func `A failure afterwards is logged`(point: HookPoint) async throws {
        let hook = ScriptedHook { _, _ in throw ScriptError(message: "nil value") }
        let model = ScriptedModel(.calls([.sample("t")]), .answer("done"))
        let tool = ScriptedTool("t") { _, _ in "ok" }
        try await withEngine(.helper(model, tools: [tool], settings: quiet, hooks: [point: [hook]])) { engine in
            try await engine.say("/run agent helper x")
            #expect(try await engine.tasks()[0].state == .completed)
            let lines = engine.log.entries.filter { $0.message == "a hook failed" }
            #expect(!lines.isEmpty && lines.allSatisfy { $0.metadata["hook"] == "\(point.rawValue)" })
        }
    }

    @Test func `The end of a cancelled task is told to post_task`() async throws {
        let hook = ScriptedHook()
        try await withEngine(.helper(ScriptedModel(otherwise: .hangs), settings: quiet, hooks: [.postTask: [hook]])) { engine in
            try await engine.say("/run agent helper x")
            _ = try await engine.engine.cancel(try await engine.tasks()[0].id)
            await engine.settle()
            #expect(hook.events.all.map(\.task.state) == [.cancelled])
        }
    }
}
