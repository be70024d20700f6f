import Foundation
import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    /// Replies that are sent to a `callback_url`.
    @Suite struct CallbackTests {
        private static let settings = """
            settings { default_agent = "echo", max_tasks_per_user = 1000, callback_hosts = { "127.0.0.1" } }
            platform "webhook" { path = "/in" }
            model "echo" { provider = "echo" }
            agent "echo" { model = "echo" }

            """

        private static func message(_ text: String, user: String, callback: String) -> JSONValue {
            ["user": .string(user), "channel": "test", "text": .string(text), "callback_url": .string(callback)]
        }

        @Test(.timeLimit(.minutes(1)))
        func `a callback hears each reply once, also when it first refuses`() async throws {
            try await StandInProvider.withProvider(fallback: { _ in StandInAnswer(steps: [.raw("")]) }) { receiver in
                receiver.script(StandInAnswer(status: 503, headers: ["retry-after": "0"], steps: [.raw("later")]))
                try await NightjarProcess.run(try ScratchProject(["nightjar.lua": Self.settings])) { _, http in
                    let sent = try await http.post("/in", Self.message("/run agent echo hi", user: "ann", callback: receiver.baseURL + "/cb"))
                    #expect(sent.status == 202)
                    let heard = try await receiver.wait { $0.requests.count >= 3 }.requests
                    #expect(heard[0].json["text"] == heard[1].json["text"])
                    #expect(heard[0].headers["idempotency-key"] == heard[1].headers["idempotency-key"])
                    #expect(heard[1].json["text"]?.string?.hasPrefix("✓ Task started") == true)
                    #expect(heard[2].json["text"]?.string?.contains("hi") == true)
                    #expect(heard.allSatisfy { $0.json["id"] == sent["id"] })
                    #expect(heard[1].headers["idempotency-key"] != heard[2].headers["idempotency-key"])
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a callback that is dead holds up no other sender, and no shutdown`() async throws {
            try await StandInProvider.withProvider(fallback: { _ in StandInAnswer(steps: [.raw("")]) }) { receiver in
                try await NightjarProcess.run(try ScratchProject(["nightjar.lua": Self.settings])) { process, http in
                    // Nothing listens at the lowest port.
                    for number in 1...3 {
                        let sent = try await http.post("/in", Self.message("hi \(number)", user: "ann", callback: "http://127.0.0.1:1/"))
                        #expect(sent.status == 202)
                    }
                    try await eventually("the first delivery fails") { process.log.contains("could not be delivered") }
                    let sent = try await http.post("/in", Self.message("hello", user: "bob", callback: receiver.baseURL))
                    try await eventually("bob hears", within: .seconds(10)) {
                        receiver.activity.requests.contains { $0.json["id"] == sent["id"] }
                    }
                    #expect(try await http.say("hello", user: "eve").replies == ["hello"])
                    let shutdown = ContinuousClock.now
                    process.send(SIGTERM)
                    #expect(try await process.ended() == .exited(0))
                    #expect(ContinuousClock.now - shutdown < .seconds(10))
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a reply that could not be delivered is delivered after a restart`() async throws {
            let project = try ScratchProject(["nightjar.lua": Self.settings])
            try await StandInProvider.withProvider { receiver in
                receiver.script(.stallBeforeFirstByte, StandInAnswer(steps: [.raw("")]))
                let id = try await NightjarProcess.run(project) { process, http in
                    let sent = try await http.post("/in", Self.message("remember me", user: "ann", callback: receiver.baseURL))
                    try await receiver.wait { $0.requests.count == 1 }
                    try await process.cutOff()
                    return sent["id"]
                }
                try await NightjarProcess.run(project) { _, _ in
                    let heard = try await receiver.wait { $0.completedResponses == 1 }.requests
                    #expect(heard.count == 2)
                    #expect(heard[1].json["text"] == "remember me")
                    #expect(heard[1].json["id"] == id)
                    #expect(heard[0].headers["idempotency-key"] == heard[1].headers["idempotency-key"])
                }
            }
        }
    }
}
