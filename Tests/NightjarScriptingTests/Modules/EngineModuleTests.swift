import LuaRuntime
import Testing

@testable import NightjarEngine
@testable import NightjarScripting

@Suite struct EngineModuleTests {
    /// Never asked: the engine of these tests does not run.
    private struct Silent: Model {
        func respond(
            to request: ModelRequest, onText: @Sendable (String) async throws -> Void
        ) async throws -> ModelResponse { throw CancellationError() }
    }

    private func bench() async throws -> ScriptBench {
        let agents = ["zoe", "abe"].map { AgentDefinition(name: $0, description: "\($0)'s", modelName: "silent", model: Silent()) }
        let triggers = [TriggerDefinition(name: "tick", schedule: .every(.seconds(300)), run: { _ in .none })]
        return try await ScriptBench(definitions: Definitions(agents: agents, triggers: triggers))
    }

    @Test func tasksAreSeen() async throws {
        let bench = try await bench()
        let task = try await bench.engine.submitTask(agent: "abe", input: "look", user: "u", priority: .high)
        let body =
            "local t = tasks.get('\(task.id)') return t.id, t.state, t.agent, t.user, t.priority, t.input, t.output, t.attempt, t.created_at, t.usage.input, t.queued_ms, t.ran_ms"
        #expect(
            try await bench.run(body) == [
                .string(task.id.rawValue), "pending", "abe", "api:u", "high", "look", nil, 0, "2026-01-01T00:00:00.000Z", 0, 0, nil,
            ])
        #expect(try await bench.value("return tasks.get('\(task.id.rawValue.prefix(5))').id") == .string(task.id.rawValue))
        #expect(try await bench.value("return tasks.get('zzzzzzzz')") == nil)
    }

    @Test func tasksAreListedInPages() async throws {
        let bench = try await bench()
        for number in 1...3 { _ = try await bench.engine.submitTask(agent: "abe", input: "\(number)", user: "u\(number)") }
        let body = """
            local first, cursor = tasks.list { limit = 2 }
            local rest, done = tasks.list { limit = 2, cursor = cursor }
            return #first, #rest, done, #tasks.list { user = "api:u2" }, #tasks.list { state = "running" },
              #tasks.list { state = { "running", "pending" } }, json.encode(tasks.list { state = "failed" })
            """
        #expect(try await bench.run(body) == [2, 1, nil, 1, 0, 3, "[]"])
    }

    @Test func tasksAreCancelled() async throws {
        let bench = try await bench()
        let id = try await bench.engine.submitTask(agent: "abe", input: "look", user: "u").id
        #expect(try await bench.run("return tasks.cancel('\(id)')") == [true])
        #expect(try await bench.engine.task(id)?.state == .cancelled)
        #expect(try await bench.run("return tasks.cancel('\(id)')") == [false, "cancelled"])
    }

    @Test func agentsAreListed() async throws {
        let body = "local l = agents.list() return #l, l[1].name, l[2].name, l[1].description, l[1].model, json.encode(l[1].tools)"
        #expect(try await bench().run(body) == [2, "abe", "zoe", "abe's", "silent", "[]"])
    }

    @Test func triggersAreControlled() async throws {
        let bench = try await bench()
        let body = """
            local function look() local t = triggers.list()[1] return t.name, t.schedule, t.paused, t.next end
            triggers.pause("tick")
            local name, schedule, paused, next_firing = look()
            triggers.resume("tick")
            local _, _, resumed, after = look()
            return name, schedule, paused, next_firing, resumed, after, triggers.run_now("tick")
            """
        #expect(
            try await bench.run(body) == ["tick", "every 5m", true, nil, false, "2026-01-01T00:05:00.000Z", "started"])
    }

    @Test(arguments: [
        ("tasks.get('ab')", "bad_argument"), ("tasks.get(nil)", "bad_argument"), ("tasks.cancel('zzzzzzzz')", "unknown_task"),
        ("tasks.list { state = 'done' }", "bad_argument"), ("tasks.list { limit = 0 }", "bad_argument"),
        ("tasks.list { limit = 1e9 }", "bad_argument"),
        ("tasks.list { states = 'x' }", "bad_argument"), ("triggers.pause('tock')", "trigger_unknown"), ("triggers.run_now()", "bad_argument"),
    ])
    func refusesWhatIsNotThere(source: String, code: String) async throws {
        let error = try await bench().failure("\n\(source)")
        #expect(error.code == code, "\(error.message)")
        #expect(error.line == 2)
    }

    @Test(arguments: ["agents.list()", "triggers.list()", "triggers.pause('tick')"])
    func belongsIntoHandlers(source: String) async throws {
        let bench = try await bench()
        let error = try await bench.loadFailure(source)
        #expect(error.code == "load_phase")
        #expect(error.message.contains("cannot be used while scripts are loading: move it into a handler"))
        await #expect(throws: LuaError.self) { try await bench.format(source) }
    }
}
