import NIOHTTP1
import NightjarEngine
import Testing

@Suite struct APIAccessTests {
    private let guarded = Definitions.test(settings: EngineSettings(apiToken: Secret("hush")))

    @Test func loopbackNeedsNoToken() async throws {
        try await TestServer.run(guarded) { server async throws in
            #expect(try await server.get("/api/v1/agents").status == 200)
        }
    }

    @Test(arguments: ["/api/v1/agents", "/api/v1/tasks", "/api/v1/triggers", "/api/v1/events", "/api/v1/messages/x"])
    func otherAddressesNeedTheToken(path: String) async throws {
        try await TestServer.run(guarded, isLoopback: false) { server async throws in
            let without = try await server.get(path)
            #expect(without.status == 401)
            #expect(without.headers["www-authenticate"] == "Bearer")
            #expect(try without.problem == "not_authorized")
            #expect(try await server.get(path, headers: ["authorization": "Bearer wrong"]).status == 401)
        }
    }

    @Test func tokenOpensOtherAddresses() async throws {
        try await TestServer.run(guarded, isLoopback: false) { server async throws in
            #expect(try await server.get("/api/v1/agents", headers: ["authorization": "Bearer hush"]).status == 200)
            let twice: HTTPHeaders = ["authorization": "Bearer hush", "authorization": "Bearer hush"]
            #expect(try await server.get("/api/v1/agents", headers: twice).status == 401)
        }
    }

    @Test func withoutTokenOtherAddressesAreShut() async throws {
        try await TestServer.run(isLoopback: false) { server async throws in
            let answer = try await server.get("/api/v1/agents", headers: ["authorization": "Bearer "])
            #expect(answer.status == 401)
            #expect(try answer.json["detail"]?.string?.contains("settings.api_token") == true)
        }
    }

    @Test func wrongTokenIsWrongOnLoopbackToo() async throws {
        try await TestServer.run(guarded) { server async throws in
            #expect(try await server.get("/api/v1/agents", headers: ["authorization": "Bearer wrong"]).status == 401)
        }
    }

    @Test(arguments: [("origin", "http://evil.test"), ("origin", "null"), ("host", "evil.test"), ("host", "evil.test:8080")])
    func otherSitesAreRefusedOnLoopback(name: String, value: String) async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.post("/api/v1/reload", headers: [name: value])
            #expect(answer.status == 403)
        }
    }

    @Test(arguments: ["/healthz", "/readyz", "/metrics"])
    func monitorsNeedNoToken(path: String) async throws {
        try await TestServer.run(guarded, isLoopback: false) { server async throws in
            #expect(try await server.get(path).status == 200)
        }
    }
}
