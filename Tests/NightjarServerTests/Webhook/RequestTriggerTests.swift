import Crypto
import Foundation
import NIOCore
import NIOHTTP1
import NightjarEngine
import Synchronization
import Testing

/// `on_webhook`: verified, stored once for each delivery, acknowledged, then handled.
@Suite struct RequestTriggerTests {
    private final class Seen: Sendable {
        private let requests = Mutex<[TriggerRequest]>([])
        var all: [TriggerRequest] { requests.withLock { $0 } }
        func add(_ request: TriggerRequest) { requests.withLock { $0.append(request) } }
    }

    private func definitions(secret: String? = nil, token: String? = nil, _ seen: Seen) -> Definitions {
        var definitions = Definitions.test()
        definitions.requestTriggers = [
            RequestTriggerDefinition(
                source: TriggerSource(name: "push"), path: "/hooks/push", secret: secret.map(Secret.init), token: token.map(Secret.init)
            ) { context in
                if let request = context.request { seen.add(request) }
                return .none
            }
        ]
        return definitions
    }

    private func signature(of body: String, _ secret: String) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data(body.utf8), using: SymmetricKey(data: Data(secret.utf8)))
        return "sha256=" + code.map { String(format: "%02x", $0) }.joined()
    }

    private func settled(_ server: TestServer) async throws {
        while try !server.store.unhandledMessages().isEmpty { await Task.yield() }
    }

    @Test func aSignedRequestFiresOnceForEachDelivery() async throws {
        let seen = Seen()
        try await TestServer.run(definitions(secret: "It's a Secret to Everybody", seen)) { (server: TestServer) async throws in
            let headers: HTTPHeaders = [
                "x-hub-signature-256": signature(of: "Hello, World!", "It's a Secret to Everybody"), "x-github-delivery": "d1",
                "x-github-event": "push",
            ]
            let first = try await server.post("/hooks/push?a=1%202", "Hello, World!", headers: headers)
            #expect(first.status == 202)
            var again = headers
            again.replaceOrAdd(name: "x-attempt", value: "2")
            let second = try await server.post("/hooks/push?a=1%202", "Hello, World!", headers: again)
            #expect(second.status == 202)
            #expect(second.text == first.text)
            try await settled(server)
            #expect(seen.all.count == 1)
            let request = try #require(seen.all.first)
            #expect(request.bytes == Array("Hello, World!".utf8))
            #expect(request.query == ["a": "1 2"])
            #expect(request.headers["x-github-event"] == "push")
        }
    }

    @Test func whatIsNotGenuineIsRefusedAndNothingIsStored() async throws {
        let seen = Seen()
        try await TestServer.run(definitions(secret: "s", token: "t", seen)) { (server: TestServer) async throws in
            let bad: [HTTPHeaders] = [
                [:], ["x-hub-signature-256": signature(of: "x", "other")], ["x-hub-signature-256": "sha256="], ["authorization": "Bearer u"],
                ["authorization": "t"], ["x-hub-signature-256": signature(of: "y", "s")],
            ]
            for headers in bad {
                let answer = try await server.post("/hooks/push", "x", headers: headers)
                #expect(answer.status == 401, "\(headers)")
            }
            #expect(try await server.post("/hooks/push", "x", headers: ["authorization": "Bearer t"]).status == 202)
            try await settled(server)
            #expect(seen.all.count == 1)
            #expect(seen.all[0].headers["authorization"] == nil)
        }
    }

    @Test func withoutProofOnlyThisMachineMaySend() async throws {
        let seen = Seen()
        try await TestServer.run(definitions(seen), isLoopback: false) { (server: TestServer) async throws in
            #expect(try await server.post("/hooks/push", "x").status == 403)
        }
        try await TestServer.run(definitions(seen)) { (server: TestServer) async throws in
            #expect(try await server.post("/hooks/push", "x", headers: ["origin": "https://example.org"]).status == 403)
            #expect(try await server.post("/hooks/push", "x").status == 202)
            #expect(try await server.get("/hooks/push").status == 405)
            #expect(try await server.post("/hooks/other", "x").status == 404)
        }
    }

    @Test func bytesThatAreNoTextComeThrough() async throws {
        let seen = Seen()
        try await TestServer.run(definitions(seen)) { (server: TestServer) async throws in
            let bytes: [UInt8] = [0xFF, 0x00, 0x80]
            _ = try await server.send(.POST, "/hooks/push", body: .init(bytes: bytes))
            try await settled(server)
            #expect(seen.all.map(\.bytes) == [bytes])
        }
    }
}
