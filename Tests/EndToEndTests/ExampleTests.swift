import Foundation
import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    /// The repository's examples, as a reader of their comments would try them.
    @Suite struct ExampleTests {
        @Test(.timeLimit(.minutes(1)), arguments: ["quickstart", "oncall", "coordination"])
        func `every example passes its check`(name: String) async throws {
            let project = try ScratchProject(example: name)
            let check = try await NightjarCommand.run("check", project.path)
            #expect(check.status == 0, "\(check.output)")
        }

        @Test(.timeLimit(.minutes(1)))
        func `quickstart does what its comments say`() async throws {
            let project = try ScratchProject(example: "quickstart")
            try await NightjarProcess.run(project) { process, plain in
                var http = plain
                http.webhookPath = "/webhooks/generic"
                #expect(process.output.contains("agents (2): echo, helper"))
                #expect(process.output.contains("triggers (1): heartbeat"))
                #expect(try await http.say("what time is it?").replies.first?.contains(/It is \d{4}-/) == true)
                #expect(try await http.say("say it again").replies == ["say it again"])
                #expect(try await http.say("/count apples --by=3").replies == ["apples: 3"])
                #expect(try await http.say("/count apples").replies == ["apples: 4"])
                #expect(try await http.say("/count apples --by=x").replies.first?.contains("--by must be a number") == true)
                #expect(try await http.say("/list triggers").replies.first?.contains("heartbeat") == true)
                #expect(try await http.post("/api/v1/triggers/heartbeat/run").status == 202)
                try await eventually("the heart beats") { process.log.contains("heartbeat beats=1") }
                #expect(try await http.say("/help").replies.first?.contains("/count [what]") == true)
                try project.replace("formatters/webhook.lua", "\"[\" .. err.code", with: "\"<\" .. err.code")
                try await eventually("the next error looks different") {
                    try await http.say("/nonsense").replies.first?.hasPrefix("<unknown_command") == true
                }
            }
        }

        @Test(.timeLimit(.minutes(1)), arguments: ["ANTHROPIC", "OPENAI"])
        func `oncall answers with its tools, writes the hand-over, and explains a new alert once`(provider name: String) async throws {
            let alerts = #"[{"labels":{"alertname":"DiskFull","severity":"page"},"annotations":{"summary":"3 % left"}}]"#
            try await StandInProvider.withProvider(fallback: { Self.answer($0, alerts: alerts) }) { provider in
                let project = try ScratchProject(example: "oncall")
                try project.replace("triggers/watch.lua", "every(\"30s\"", with: "every(\"300ms\"")
                let environment = [
                    "\(name)_API_KEY": "test-key", "\(name)_BASE_URL": provider.baseURL, "ALERTS_URL": provider.baseURL + "/alerts",
                ]
                try await NightjarProcess.run(project, environment: environment) { _, plain in
                    var http = plain
                    http.webhookPath = "/in"
                    try await eventually("the alert is explained") {
                        try await http.tasks("&state=completed").contains {
                            $0["agent"] == "explainer" && $0["input"]?.string?.contains("DiskFull (page): 3 % left") == true
                        }
                    }
                    let answer = try await http.say("what is on fire?")
                    #expect(answer.replies.last?.contains("seen: DiskFull (page): 3 % left") == true, "\(answer.body)")
                    #expect(try await http.say("/shift two deploys").replies == ["handover of: two deploys"])
                    // Many periods later it is still the same alert.
                    try await pass(.seconds(1))
                    #expect(try await http.tasks().count { $0["agent"] == "explainer" } == 1)
                    let models = provider.activity.requests.filter { $0.method == "POST" }
                    #expect(models.allSatisfy { $0.headers["x-api-key"] == "test-key" || $0.headers["authorization"] == "Bearer test-key" })
                }
            }
        }

        /// A provider that looks at the alerts before it answers, and the source of the alerts.
        private static func answer(_ request: StandInRequest, alerts: String) -> StandInAnswer {
            if request.path == "/alerts" { return StandInAnswer(steps: [.raw(alerts)]) }
            let body = request.body
            if body.contains("Write the hand-over") { return .text("handover of: two deploys") }
            if body.contains("These alerts are firing") { return .text("the disk is full") }
            if body.contains("tool_use_id") || body.contains("tool_call_id") { return .text("seen: DiskFull (page): 3 % left") }
            return .toolCall(name: "firing_alerts", arguments: "{}")
        }

        @Test(.timeLimit(.minutes(1)))
        func `coordination tells the coordinator about each task before, during and after`() async throws {
            let project = try ScratchProject(example: "coordination")
            try project.write(
                "coordinator.sh",
                "#!/bin/sh\nfor word; do printf '%s|' \"$word\"; done >> \"\(project.path)/said\"; echo >> \"\(project.path)/said\"\n")
            chmod(project.path + "/coordinator.sh", 0o700)
            let environment = ["COORDINATOR": project.path + "/coordinator.sh"]
            try await NightjarProcess.run(project, environment: environment) { _, plain in
                var http = plain
                http.webhookPath = "/webhooks/generic"
                let answer = try await http.say("it's \"quoted\" $HOME; rm x")
                #expect(answer.replies == ["done: IT'S \"QUOTED\" $HOME; RM X"])
                let id = try #require(try await http.tasks().first?["id"]?.string)
                let said = try await eventually("the coordinator hears of the end") {
                    let lines = (try? project.read("said"))?.split(separator: "\n") ?? []
                    return lines.count == 3 ? lines : nil
                }
                #expect(said[0] == "pre-task|--task-id|\(id)|--agent|worker|--description|it's \"quoted\" $HOME; rm x|")
                #expect(said[1] == "post-tool|--task-id|\(id)|--tool|shout|--ok|true|")
                #expect(said[2] == "post-task|--task-id|\(id)|--state|completed|")
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a coordinator that fails refuses the task and says why`() async throws {
            let project = try ScratchProject(example: "coordination")
            try await NightjarProcess.run(project, environment: ["COORDINATOR": "/nonexistent/coordinator"]) { process, plain in
                var http = plain
                http.webhookPath = "/webhooks/generic"
                let answer = try await http.say("hello")
                #expect(answer.replies.first?.contains("/nonexistent/coordinator") == true, "\(answer.body)")
                #expect(try await http.tasks().first?["state"] == "failed")
                #expect(process.end == nil)
            }
        }
    }
}
