import NightjarEngine
import NIOHTTP1
import Testing

@Suite struct WebhookAccessTests {
    private let path = "/webhooks/generic"
    private let body = #"{"user":"u","text":"/ping"}"#

    @Test func openWebhookIsForLoopbackOnly() async throws {
        try await TestServer.run(isLoopback: false) { server async throws in
            let answer = try await server.post(path, body)
            #expect(answer.status == 403)
            #expect(try answer.problem == "webhook_open")
        }
    }

    @Test(arguments: [
        (["origin": "https://evil.test"], "foreign_origin"), (["origin": "null"], "foreign_origin"),
        (["host": "evil.test"], "foreign_host"), (["host": "localhost.evil.test:8080"], "foreign_host"),
    ])
    func openWebhookRefusesOtherSites(headers: [String: String], code: String) async throws {
        try await TestServer.run { server async throws in
            let answer = try await server.post(path, body, headers: .init(headers.map { ($0.key, $0.value) }))
            #expect(answer.status == 403)
            #expect(try answer.problem == code)
        }
    }

    @Test func pageOfThisMachineMaySend() async throws {
        try await TestServer.run { server async throws in
            #expect(try await server.post(path, body, headers: ["origin": "http://localhost:3000"]).status == 202)
        }
    }

    @Test(arguments: [true, false])
    func tokenOpensAnywhere(isLoopback: Bool) async throws {
        try await TestServer.run(.test(webhook: ["token": .string("hush")]), isLoopback: isLoopback) { server async throws in
            #expect(try await server.post(path, body).status == 401)
            #expect(try await server.post(path, body, headers: ["authorization": "Bearer wrong"]).status == 401)
            // Behind a proxy the request names the proxy's host.
            let headers = [("authorization", "Bearer hush"), ("host", "bot.example.com")]
            #expect(try await server.post(path, body, headers: .init(headers)).status == 202)
        }
    }

    @Test func secretAsksForASignature() async throws {
        try await TestServer.run(.test(webhook: ["secret": .string("It's a Secret to Everybody")])) { server async throws in
            #expect(try await server.post(path, body).status == 401)
            // Of this very body, made with: printf … | openssl dgst -sha256 -hmac "It's a Secret to Everybody"
            let signature = "sha256=a0881717d83797199e91e3a14fdb0ee2adaab29fa853f92537e30163d87fed39"
            #expect(try await server.post(path, body, headers: ["x-hub-signature-256": signature]).status == 202)
            #expect(try await server.post(path, body + " ", headers: ["x-hub-signature-256": signature]).status == 401)
        }
    }
}
