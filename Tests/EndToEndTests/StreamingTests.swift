import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    @Suite struct StreamingTests {
        private static let environment = ["KEY": "test"]

        @Test(.timeLimit(.minutes(1)))
        func `a listener hears each chunk when the provider sends it`() async throws {
            try await StandInProvider.withProvider { provider in
                let chunks = (1...8).map { "chunk\($0) " }
                let pause = Duration.milliseconds(200)
                provider.script(
                    StandInAnswer(steps: chunks.flatMap { [.text($0), .pause(pause)] } + [.finish(.endOfTurn, .zero)]))
                let project = try ScratchProject(["nightjar.lua": Lua.base + Lua.remote(provider.baseURL)])
                try await NightjarProcess.run(project, environment: Self.environment) { _, http in
                    var deltas: [ServerEvents.Event] = []
                    var names: [String] = []
                    var last: ServerEvents.Event?
                    for try await event in try await http.listen("/run agent remote tell me") {
                        names.append(event.name)
                        if event.name == "delta" { deltas.append(event) }
                        if event.name == "message" { last = event }
                    }
                    #expect(deltas.compactMap { $0.data["text"]?.string }.joined() == chunks.joined())
                    #expect(names.first == "ack")
                    #expect(names.last == "end")
                    #expect(last?.data["text"]?.string?.contains("chunk8") == true)
                    // All at the end would be within a few milliseconds.
                    let first = try #require(deltas.first), end = try #require(last)
                    #expect(end.arrived - first.arrived > pause * 6)
                    #expect(deltas.count >= 4)
                    #expect(provider.activity.completedResponses == 1)
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a listener that goes away does not stop the task`() async throws {
            try await StandInProvider.withProvider { provider in
                provider.script(.text("one ", "two ", "three", delay: .milliseconds(200)))
                let project = try ScratchProject(["nightjar.lua": Lua.base + Lua.remote(provider.baseURL)])
                try await NightjarProcess.run(project, environment: Self.environment) { _, http in
                    var id = ""
                    for try await event in try await http.listen("/run agent remote tell me") {
                        if event.name == "ack" { id = event.data["id"]?.string ?? "" }
                        if event.name == "delta" { break }
                    }
                    try await eventually("the reply is kept") {
                        try await http.get("/api/v1/messages/\(id)").replies.last?.contains("one two three") == true
                    }
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a cancelled task closes its connection to the provider within a second`() async throws {
            try await StandInProvider.withProvider { provider in
                provider.script(.stallBeforeFirstByte, .stall(after: "so far "))
                let project = try ScratchProject(["nightjar.lua": Lua.base + Lua.remote(provider.baseURL)])
                try await NightjarProcess.run(project, environment: Self.environment) { _, http in
                    for number in 1...2 {
                        let sent = try await http.post("/in", HTTPDriver.message("/run agent remote wait"))
                        try await provider.wait { $0.requests.count == number }
                        let running = try await eventually("the task runs") { try await http.tasks("&state=running").first }
                        let id = try #require(running["id"]?.string)
                        let start = ContinuousClock.now
                        async let reply = http.say("/cancel task \(id.prefix(6))")
                        try await provider.wait { $0.openConnections == 0 }
                        #expect(ContinuousClock.now - start < .seconds(1) * Patience.slowness)
                        _ = try await reply
                        #expect(try await http.get("/api/v1/tasks/\(id)")["state"] == "cancelled")
                        let message = try #require(sent["id"].string)
                        try await eventually("one notice of the cancel") {
                            try await http.get("/api/v1/messages/\(message)").replies.filter { $0.contains("🚫") }.count == 1
                        }
                        #expect(try await http.say("/cancel task \(id)").replies.first?.contains("already finished") == true)
                    }
                    #expect(provider.activity.abandonedResponses == 2)
                }
            }
        }
    }
}
