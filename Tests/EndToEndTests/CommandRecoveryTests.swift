import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    /// Commands whose handlers wait for agents.
    @Suite struct CommandRecoveryTests {
        private static let script = """
            local gate = env("GATE")
            model "gate" { provider = "lua", respond = function(request) return http.get(gate .. "/" .. request.input).body end }
            agent "gate" { model = "gate" }
            command("both", { description = "Asks twice", run = function(ctx)
              local first = ctx:run("gate", "first")
              ctx:reply("halfway")
              local second = ctx:run("gate", "second")
              return first.text .. " and " .. second.text
            end })

            """

        @Test(.timeLimit(.minutes(1)))
        func `a handler that was cut off runs again, and what it had done is not done again`() async throws {
            let stalled = Once()
            try await StandInProvider.withProvider(
                fallback: { request in
                    request.path == "/second" && stalled.take()
                        ? .stallBeforeFirstByte : StandInAnswer(steps: [.text(String(request.path.dropFirst()))])
                }
            ) { gate in
                let project = try ScratchProject(["nightjar.lua": Lua.base + Self.script])
                let environment = ["GATE": gate.baseURL]
                let id = try await NightjarProcess.run(project, environment: environment) { process, http in
                    let sent = try await http.post("/in", HTTPDriver.message("/both"))
                    try await gate.wait { $0.requests.contains { $0.path == "/second" } }
                    try await process.cutOff()
                    return sent["id"].string ?? ""
                }
                try await NightjarProcess.run(project, environment: environment) { _, http in
                    let replies = try await eventually("the command ends") {
                        let message = try await http.get("/api/v1/messages/\(id)")
                        return message["state"] == "handled" && message.replies.count >= 2 ? message.replies : nil
                    }
                    #expect(replies == ["halfway", "first and second"])
                    #expect(gate.activity.requests.count { $0.path == "/first" } == 1)
                    #expect(try await http.tasks().count == 2)
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a person has so many tasks and not one more, however they are sent`() async throws {
            try await StandInProvider.withProvider(fallback: { _ in .stallBeforeFirstByte }) { gate in
                let project = try ScratchProject([
                    "nightjar.lua": Lua.base.replacing("max_tasks_per_user = 1000", with: "max_tasks_per_user = 3") + Self.script
                ])
                try await NightjarProcess.run(project, environment: ["GATE": gate.baseURL]) { _, http in
                    let answers = try await withThrowingTaskGroup(of: String.self) { group in
                        for number in 0..<20 {
                            group.addTask { try await http.say("/run agent gate n\(number)", wait: "1s").replies.first ?? "" }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(answers.count { $0.hasPrefix("✓ Task started") } == 3)
                    #expect(answers.count { $0.contains("3 tasks") } == 17, "\(answers)")
                    #expect(try await http.tasks().count == 3)
                    #expect(try await http.say("/run agent gate mine", user: "bob", wait: "1s").replies.first?.hasPrefix("✓") == true)
                    let id = try #require(try await http.tasks("&user=webhook:ann").first?["id"]?.string)
                    _ = try await http.say("/cancel task \(id)")
                    #expect(try await http.say("/run agent gate again", wait: "1s").replies.first?.hasPrefix("✓") == true)
                }
            }
        }
    }
}
