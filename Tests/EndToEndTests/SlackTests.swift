import Foundation
import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    /// Slack, from a person's message to the answer in the channel.
    @Suite struct SlackTests {
        private static let environment = [
            "SLACK_BOT_TOKEN": StandInSlack.botToken, "SLACK_SIGNING_SECRET": StandInSlack.signingSecret, "KEY": "test",
        ]

        private static func project(_ slack: StandInSlack, _ more: String = "") throws -> ScratchProject {
            try ScratchProject([
                "nightjar.lua": Lua.base + """
                    platform "slack" {
                      bot_token = secret "SLACK_BOT_TOKEN", signing_secret = secret "SLACK_SIGNING_SECRET", api_url = "\(slack.apiURL)",
                    }
                    command("ask", { description = "Asks", run = function(ctx)
                      return "chosen: " .. tostring(ctx:ask("Deploy *now*?", { "Yes", "No" }, "1m"))
                    end })

                    """ + more
            ])
        }

        private var now: Timestamp { Timestamp(Date.now) }

        @discardableResult
        private func send(_ request: PlatformRequest, _ http: HTTPDriver) async throws -> HTTPDriver.Answer {
            let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { _, last in last }
            return try await http.post("/webhooks/slack", bytes: request.body, headers: headers)
        }

        @Test(.timeLimit(.minutes(1)))
        func `A mention is answered once, in its thread, however often Slack tells of it`() async throws {
            try await StandInSlack.withSlack { slack in
                try await NightjarProcess.run(try Self.project(slack), environment: Self.environment) { process, http in
                    let pair = slack.mention("a &lt; b", at: now)
                    for request in pair + pair + pair { #expect(try await send(request, http).status == 200) }
                    try await slack.wait { $0.answers.count == 1 }
                    let said = try #require(slack.messages.first)
                    // What is sent next to the channel comes after a second answer, if there were one.
                    for request in slack.mention("/help", at: now) { try await send(request, http) }
                    try await slack.wait { $0.answers.count == 2 }
                    #expect(slack.answers[0].text.contains("a &lt; b") || slack.answers[0].text.contains("a < b"))
                    #expect(slack.answers[0].thread == said.ts && slack.answers[0].channel == said.channel)
                    #expect(try await http.tasks("&user=slack:U0ANN").count <= 1)
                    try await eventually("the token is looked at") { process.log.contains("Slack knows the app") }
                    for secret in [StandInSlack.botToken, StandInSlack.signingSecret] { #expect(!process.log.contains(secret)) }
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `What Slack did not sign is refused, and its handshake is answered`() async throws {
            try await StandInSlack.withSlack { slack in
                try await NightjarProcess.run(try Self.project(slack), environment: Self.environment) { process, http in
                    var forged = slack.message("/run agent echo hi", at: now)
                    forged.body[forged.body.count - 2] ^= 1
                    #expect(try await send(forged, http).status == 401)
                    let stale = slack.message("/run agent echo hi", at: now - .seconds(400))
                    let refused = try await send(stale, http)
                    #expect(refused.status == 401 && refused["code"] == "not_genuine")
                    let bad = StandInSlack.signed("{", contentType: "application/json", at: now)
                    #expect(try await send(bad, http).status == 400)
                    #expect(try await http.get("/webhooks/slack").status == 405)
                    let handshake = StandInSlack.signed(
                        #"{"type":"url_verification","challenge":"3eZbrw1aB"}"#, contentType: "application/json", at: now)
                    let answer = try await send(handshake, http)
                    #expect(answer.status == 200 && answer.body == "3eZbrw1aB")
                    #expect(try await http.tasks().isEmpty)
                    #expect(refused.json["title"] == "Unauthorized")
                    // Once a minute of each kind, however many there are.
                    #expect(process.log.matches(of: /a request was refused.*not_genuine/).count == 1)
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `A question is answered by a button, which is gone then`() async throws {
            try await StandInSlack.withSlack { slack in
                try await NightjarProcess.run(try Self.project(slack), environment: Self.environment) { _, http in
                    let typed = try await send(slack.command("/nj", "ask", at: now), http)
                    #expect(typed.status == 200 && typed["response_type"] == "in_channel")
                    try await slack.wait { $0.answers.last?.buttons == ["Yes", "No"] }
                    let question = try #require(slack.answers.last)
                    try await send(slack.press(0, of: question, user: "U0BOB", at: now), http)
                    try await slack.wait { !$0.ephemeral.isEmpty }
                    #expect(slack.answers.last?.buttons.count == 2)
                    #expect(try await send(slack.press(1, of: question, at: now), http).status == 200)
                    try await slack.wait { $0.answers.count == 2 && $0.answers[0].buttons.isEmpty }
                    #expect(slack.answers[1].text == "chosen: No")
                    #expect(slack.faults.isEmpty)
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `An answer is seen while it is written, and is there once in the end`() async throws {
            try await StandInSlack.withSlack { slack in
                try await StandInProvider.withProvider { provider in
                    provider.script(.text("one ", "two ", "three ", "four", delay: .milliseconds(800)))
                    let project = try Self.project(slack, Lua.remote(provider.baseURL))
                    try await NightjarProcess.run(project, environment: Self.environment) { _, http in
                        for request in slack.mention("/run agent remote count", at: now) { try await send(request, http) }
                        try await slack.wait { $0.answers.contains { $0.isStreaming && $0.text.hasPrefix("one ") } }
                        try await slack.wait { $0.answers.contains { !$0.isStreaming && $0.text.contains("one two three four") } }
                        // The acknowledgement, and the answer in place of its draft.
                        #expect(slack.answers.count == 2)
                        #expect(slack.statuses.isEmpty && slack.count("assistant.threads.setStatus") == 1)
                    }
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `Many messages to one channel come as fast as Slack takes them`() async throws {
            let command = """
                command("count", { description = "Counts", run = function(ctx) for i = 1, 6 do ctx:reply("no. " .. i) end end })

                """
            try await StandInSlack.withSlack(burst: 2) { slack in
                try await NightjarProcess.run(try Self.project(slack, command), environment: Self.environment) { _, http in
                    try await send(slack.message("!nj count", at: now), http)
                    try await eventually("all answers: \(slack.answers.map(\.text))") { slack.answers.count == 6 }
                    #expect(slack.answers.map(\.text) == (1...6).map { "no. \($0)" })
                    #expect(slack.count("chat.postMessage") == 6, "none was refused")
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `What was acknowledged is answered after a power cut`() async throws {
            try await StandInSlack.withSlack { slack in
                let project = try Self.project(slack)
                slack.failNext("chat.postMessage", .stallBeforeFirstByte)
                try await NightjarProcess.run(project, environment: Self.environment) { process, http in
                    #expect(try await send(slack.mention("remember me", at: now)[1], http).status == 200)
                    try await slack.wait { $0.count("chat.postMessage") == 1 }
                    try await process.cutOff()
                }
                #expect(slack.answers.isEmpty)
                try await NightjarProcess.run(project, environment: Self.environment) { _, http in
                    try await slack.wait { $0.answers.count == 1 }
                    #expect(slack.answers[0].text == "remember me" && slack.answers[0].thread == slack.messages[0].ts)
                    // Slack tells of the message once more, since the first answer was cut off as well.
                    #expect(try await http.tasks().count == 1)
                    let keys = slack.calls.filter { $0.method == "chat.postMessage" }.map { $0.arguments["client_msg_id"] }
                    #expect(keys.count == 2 && keys[0] == keys[1] && keys[0] != nil)
                }
            }
        }
    }
}
