import NightjarEngine
import NightjarServer
import NIOHTTP1
import Testing

@Suite struct APITests {
    @Test func agentsAreListed() async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.get("/api/v1/agents")
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.headers["date"]?.hasSuffix(" GMT") == true)
            #expect(
                try answer.json == [
                    "agents": [["name": "echo", "description": "Says it again", "model": "echo", "tools": []]]
                ])
        }
    }

    @Test func triggersAreListed() async throws {
        var definitions = Definitions.test()
        definitions.triggers = [TriggerDefinition(name: "tick", schedule: .every(.seconds(3600))) { _ in .none }]
        try await TestServer.run(definitions) { server async throws in
            let triggers = try #require(try await server.get("/api/v1/triggers").json["triggers"]?.array)
            #expect(triggers.count == 1)
            #expect(triggers.first?["name"] == "tick")
            #expect(triggers.first?["paused"] == false)
            #expect(triggers.first?["next"]?.string?.hasSuffix("Z") == true)
        }
    }

    @Test func triggersOfRequestsAreListedAndCounted() async throws {
        var definitions = Definitions.test()
        definitions.requestTriggers = [
            RequestTriggerDefinition(source: TriggerSource(name: "push"), path: "/hooks/push") { context in
                if context.request?.bytes == Array("bad".utf8) { throw HandlerFailure("not JSON") }
                return .none
            }
        ]
        try await TestServer.run(definitions) { server async throws in
            func push() async throws -> JSONValue? { try await server.get("/api/v1/triggers").json["triggers"]?.array?.first }
            #expect(try await push()?["path"] == "/hooks/push")
            #expect(try await push()?["last"] == .null)
            for body in ["good", "bad"] { #expect(try await server.post("/hooks/push", body).status == 202) }
            while try !server.store.unhandledMessages().isEmpty { await Task.yield() }
            #expect(try await push()?["firings"] == 2)
            #expect(try await push()?["failures"] == 1)
            let byHand = try await server.post("/api/v1/triggers/push/run", "")
            #expect(byHand.status == 409)
            #expect(byHand.text.contains("requests to /hooks/push"))
        }
    }

    @Test(arguments: [
        ("GET", "/api/v1/tasks?stat=failed", "'stat' (did you mean 'state'?)"), ("GET", "/api/v1/agents?limit=1", "none is taken here"),
        ("GET", "/api/v1/events?%6Cimit=1", "'limit'"), ("POST", "/api/v1/reload?force", "'force'"),
        ("POST", "/webhooks/generic?wiat=5s", "'wiat' (did you mean 'wait'?)"), ("GET", "/api/v1/tasks?limit=1&", nil),
        ("GET", "/healthz?probe=1", nil),
    ])
    func unknownQueryParametersAreRefused(method: String, path: String, says: String?) async throws {
        try await TestServer.run { server async throws in
            let answer =
                method == "GET" ? try await server.get(path) : try await server.post(path, #"{"user":"u","text":"/ping"}"#)
            #expect(try answer.problem == (says == nil ? nil : "unknown_parameter"))
            if let says { #expect(answer.text.contains(says), "\(answer.text)") } else { #expect(answer.status == 200) }
        }
    }

    @Test func unknownMessageIsNotFound() async throws {
        try await TestServer.run { server async throws in
            #expect(try await server.get("/api/v1/messages/nosuch").problem == "unknown_message")
        }
    }

    @Test(.timeLimit(.minutes(1))) func eventsTellEveryChangeOfATask() async throws {
        try await TestServer.run { server async throws in
            var events = EventReader(try await server.open(.GET, "/api/v1/events"))
            // The first comment says that the stream is open.
            #expect(try await events.nextFrame() == ": keep-alive")
            let task = try await server.engine.submitTask(agent: "echo", input: "x", user: "u")
            for state in ["pending", "running", "completed"] {
                let event = try #require(try await events.next())
                #expect(event.name == "task")
                #expect(event.data["id"]?.string == task.id.rawValue)
                #expect(event.data["state"]?.string == state)
            }
        }
    }

    @Test func reloadTellsTheGeneration() async throws {
        try await TestServer.run(reload: { .loaded(generation: 7) }) { server async throws in
            let answer = try await server.post("/api/v1/reload")
            #expect(answer.status == 200)
            #expect(try answer.json == ["generation": 7])
        }
    }

    @Test func failedReloadTellsAllErrors() async throws {
        let errors = ["agents/a.lua:1: no", "agents/b.lua:2: \"no\""]
        try await TestServer.run(reload: { .failed(errors: errors) }) { server async throws in
            let answer = try await server.post("/api/v1/reload")
            #expect(answer.status == 422)
            #expect(try answer.problem == "script_errors")
            #expect(try answer.json["errors"]?.array?.compactMap(\.string) == errors)
        }
    }
}
