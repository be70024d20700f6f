import NightjarEngine
import Testing

@Suite struct TaskAPITests {
    @Test func taskIsSubmittedAndRuns() async throws {
        try await TestServer.run { server async throws in
            let created = try await server.post("/api/v1/tasks", #"{"agent":"echo","input":"héllo","user":"me","priority":"high"}"#)
            #expect(created.status == 202)
            let id = try #require(try created.json["id"]?.string)
            #expect(created.headers["location"] == "/api/v1/tasks/\(id)")
            #expect(["pending", "running"].contains(try created.json["state"]))
            _ = try await server.engine.orchestrator.end(of: TaskID(rawValue: id), in: server.engine)
            let shown = try await server.get("/api/v1/tasks/\(id.prefix(6))")
            #expect(shown.status == 200)
            let task = try shown.json
            #expect(task["id"]?.string == id)
            #expect(task["state"] == "completed")
            #expect(task["output"] == "héllo")
            #expect(task["agent"] == "echo")
            #expect(task["user"] == "api:me")
            #expect(task["priority"] == "high")
            #expect(task["attempt"] == 1)
            #expect(task["error"] == .null)
            let created_at = try #require(task["created_at"]?.string)
            #expect(created_at.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
        }
    }

    @Test func listIsPagedAndFiltered() async throws {
        let script = Script()
        var settings = EngineSettings(maxConcurrent: 1)
        settings.maxTasksPerUser = 10
        try await TestServer.run(.test(model: script.model, settings: settings)) { server async throws in
            var ids: [String] = []
            for number in 0..<5 {
                let answer = try await server.post("/api/v1/tasks", #"{"agent":"echo","input":"\#(number)"}"#)
                ids.append(try #require(try answer.json["id"]?.string))
            }
            var listed: [String] = []
            var cursor: String?
            repeat {
                let page = try await server.get("/api/v1/tasks?limit=2" + (cursor.map { "&cursor=\($0)" } ?? ""))
                #expect(page.status == 200)
                listed += try page.json["tasks"]?.array?.compactMap { $0["id"]?.string } ?? []
                cursor = try page.json["next"]?.string
            } while cursor != nil
            #expect(listed == ids.reversed())
            let none = try await server.get("/api/v1/tasks?state=failed,completed")
            #expect(try none.json == ["tasks": [], "next": .null])
            #expect(try await server.get("/api/v1/tasks?user=api:api").json["tasks"]?.array?.count == 5)
            #expect(try await server.get("/api/v1/tasks?user=api:other").json["tasks"] == [])
        }
    }

    @Test func longListIsWhole() async throws {
        let settings = EngineSettings(maxTasksPerUser: 2_000)
        try await TestServer.run(.test(settings: settings)) { server async throws in
            for number in 0..<1_234 {
                _ = try await server.engine.submitTask(agent: "echo", input: "\(number)", user: "u")
            }
            let answer = try await server.get("/api/v1/tasks?limit=100000")
            let tasks = try #require(try answer.json["tasks"]?.array)
            #expect(Set(tasks.compactMap { $0["input"]?.string }).count == 1_234)
            #expect(try answer.json["next"] == .null)
        }
    }

    @Test(arguments: [
        ("limit=0", "bad_limit"), ("limit=100001", "bad_limit"), ("limit=x", "bad_limit"), ("state=done", "bad_state"),
        ("cursor=x", "bad_cursor"),
    ])
    func badQueryIsRefused(query: String, code: String) async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.get("/api/v1/tasks?\(query)")
            #expect(answer.status == 400)
            #expect(try answer.problem == code)
        }
    }

    @Test(arguments: [
        (#"{"agent":"echo"}"#, 400, "bad_field"), (#"{"agent":"#, 400, "bad_json"), (#"{"agent":1,"input":"x"}"#, 400, "bad_field"),
        (#"{"agent":"echo","input":"x","priority":"now"}"#, 400, "bad_field"),
        (#"{"agent":"echo","input":"x","user":""}"#, 400, "bad_field"), (#"{"agent":"nobody","input":"x"}"#, 422, "unknown_agent"),
    ])
    func badTaskIsRefused(body: String, status: Int, code: String) async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.post("/api/v1/tasks", body)
            #expect(answer.status == status)
            #expect(try answer.problem == code)
        }
    }

    @Test(arguments: [
        (#"{"agent":"echo","input":"x","priorty":"high"}"#, "'priorty' (did you mean 'priority'?)"),
        (#"{"agnt":"echo","input":"x"}"#, "'agnt' (did you mean 'agent'?)"),
        (#"{"agent":"echo","input":"x","calback_url":null}"#, "'calback_url'; those taken here: agent, input, user, priority"),
    ])
    func unknownFieldsAreRefused(body: String, says: String) async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.post("/api/v1/tasks", body)
            #expect(answer.status == 400)
            #expect(try answer.problem == "unknown_field")
            #expect(answer.text.contains(says), "\(answer.text)")
        }
    }

    @Test func quotaIsTooManyRequests() async throws {
        let script = Script()
        try await TestServer.run(.test(model: script.model, settings: EngineSettings(maxTasksPerUser: 1))) { server async throws in
            #expect(try await server.post("/api/v1/tasks", #"{"agent":"echo","input":"x"}"#).status == 202)
            #expect(try await server.post("/api/v1/tasks", #"{"agent":"echo","input":"x"}"#).status == 429)
            #expect(try await server.post("/api/v1/tasks", #"{"agent":"echo","input":"x","user":"v"}"#).status == 202)
        }
    }

    @Test func cancelEndsATaskOnce() async throws {
        let script = Script()
        try await TestServer.run(.test(model: script.model)) { server async throws in
            let created = try await server.post("/api/v1/tasks", #"{"agent":"echo","input":"x"}"#)
            let id = try #require(try created.json["id"]?.string)
            let cancelled = try await server.post("/api/v1/tasks/\(id)/cancel")
            #expect(cancelled.status == 200)
            #expect(try cancelled.json["state"] == "cancelled")
            let again = try await server.post("/api/v1/tasks/\(id)/cancel")
            #expect(again.status == 409)
            #expect(try again.problem == "already_finished")
        }
    }

    @Test(arguments: ["abc", "nosuchtask12"])
    func unknownTaskIsNotFound(id: String) async throws {
        try await TestServer.run { server async throws in
            #expect(try await server.get("/api/v1/tasks/\(id)").problem == "unknown_task")
            #expect(try await server.post("/api/v1/tasks/\(id)/cancel").status == 404)
        }
    }
}

extension Orchestrator {
    /// Waits for a task's end by its events.
    fileprivate func end(of id: TaskID, in engine: Engine) async throws {
        let watch = events.watch()
        if try await engine.task(id)?.state.isFinal == true { return }
        for await task in watch where task.id == id && task.state.isFinal { return }
    }
}
