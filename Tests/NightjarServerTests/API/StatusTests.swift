import NightjarEngine
import NightjarServer
import NIOHTTP1
import Testing

@Suite struct StatusTests {
    @Test func healthTellsTheGeneration() async throws {
        try await TestServer.run(health: { HealthReport(generation: 4) }) { server async throws in
            let answer = try await server.get("/healthz")
            #expect(answer.status == 200)
            #expect(try answer.json == ["status": "ok", "generation": 4])
        }
    }

    @Test func healthIsDegradedAfterAFailedReload() async throws {
        try await TestServer.run(health: { HealthReport(generation: 4, reloadError: "a.lua:1: no") }) { server async throws in
            let answer = try await server.get("/healthz")
            #expect(answer.status == 200)
            #expect(try answer.json == ["status": "degraded", "generation": 4, "error": "a.lua:1: no"])
        }
    }

    @Test(arguments: [(true, 200), (false, 503)])
    func readyFollowsTheEngine(isPrepared: Bool, status: Int) async throws {
        try await TestServer.run(isPrepared: isPrepared) { server async throws in
            #expect(try await server.get("/readyz").status == status)
        }
    }

    @Test func metricsAreText() async throws {
        try await TestServer.run { server async throws in
            _ = try await server.get("/nowhere")
            let answer = try await server.get("/metrics")
            #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(answer.text.contains("# TYPE nightjar_http_responses_total counter\n"))
            #expect(answer.text.contains("nightjar_http_responses_total{class=\"4xx\"} 1\n"))
        }
    }

    @Test func headHasNoBody() async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.send(.HEAD, "/healthz")
            #expect(answer.status == 200)
            #expect(answer.text.isEmpty)
        }
    }

    @Test(arguments: [
        ("GET", "/", 404), ("GET", "/api/v1", 404), ("GET", "/api/v1/nothing", 404), ("GET", "/api/v1/tasks/", 404),
        ("GET", "/webhooks/slack", 404), ("GET", "/webhooks/generic", 405), ("POST", "/healthz", 405), ("DELETE", "/api/v1/tasks", 405),
        ("GET", "/api/v1/reload", 405), ("PUT", "/api/v1/tasks/abcd", 405), ("GET", "/../../etc/passwd", 404),
    ])
    func wrongPathsAndMethodsAreProblems(method: String, path: String, status: Int) async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.send(.init(rawValue: method), path)
            #expect(answer.status == status)
            #expect(try answer.problem == (status == 404 ? "unknown_path" : "wrong_method"))
            #expect((answer.headers["allow"] != nil) == (status == 405))
        }
    }
}
