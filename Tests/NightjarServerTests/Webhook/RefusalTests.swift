import InMemoryLogging
import Logging
import NIOHTTP1
import NightjarEngine
import NightjarTesting
import Testing

/// What the operator hears of requests that do not get in.
@Suite struct RefusalTests {
    private let body = #"{"user":"u","text":"what nobody else is to read"}"#
    private let log = InMemoryLogHandler()

    private var definitions: Definitions {
        var definitions = Definitions.test(webhook: ["secret": .secret(Secret("hush")), "token": .secret(Secret("hush, too"))])
        definitions.requestTriggers = [
            RequestTriggerDefinition(source: TriggerSource(name: "push"), path: "/hooks/push", secret: Secret("hush"), token: nil) { _ in
                .none
            }
        ]
        return definitions
    }

    /// The refusals' metadata as text, in their order.
    private var refusals: [[String: String]] {
        log.entries.filter { $0.message == "a request was refused" }.map { $0.metadata.mapValues { "\($0)" } }
    }

    private static let gitHub: HTTPHeaders = ["x-hub-signature-256": "sha256=" + String(repeating: "0", count: 64)]
    private static let isGitHubWrong = "X-Hub-Signature-256 is not right"

    @Test func aWrongSecretIsTold() async throws {
        try await TestServer.run(definitions, log: log) { server async throws in
            #expect(try await server.post("/webhooks/generic", body, headers: Self.gitHub).status == 401)
            #expect(try await server.post("/hooks/push", body, headers: Self.gitHub).status == 401)
        }
        #expect(
            refusals == [
                ["platform": "webhook", "status": "401", "code": "not_genuine", "reason": Self.isGitHubWrong],
                ["trigger": "push", "status": "401", "code": "not_genuine", "reason": Self.isGitHubWrong],
            ])
        let told = log.entries.map { "\($0.message) \($0.metadata)" }.joined()
        #expect(!told.contains("hush") && !told.contains("nobody else") && !told.contains("sha256="))
    }

    @Test func moreOfAKindAreCountedForAMinute() async throws {
        let clock = VirtualClock()
        try await TestServer.run(definitions, clock: .virtual(clock), log: log) { server async throws in
            for token in ["one", "two", "three"] {
                #expect(try await server.post("/webhooks/generic", body, headers: ["authorization": "Bearer \(token)"]).status == 401)
            }
            #expect(refusals.count == 1)
            await clock.advance(by: .seconds(60))
            #expect(try await server.post("/webhooks/generic", body, headers: ["authorization": "Bearer four"]).status == 401)
        }
        #expect(refusals.map { $0["more"] } == [nil, "2"])
        #expect(!refusals.contains { "\($0)".contains("four") })
    }

    @Test func whatIsOpenToThisMachineAloneIsTold() async throws {
        try await TestServer.run(.test(), isLoopback: false, log: log) { server async throws in
            #expect(try await server.post("/webhooks/generic", body).status == 403)
        }
        #expect(refusals.map { $0["code"] } == ["webhook_open"])
    }
}
