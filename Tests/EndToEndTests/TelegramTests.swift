import Foundation
import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    /// A Telegram bot, with a stand-in for Telegram.
    @Suite struct TelegramTests {
        private static let secret = "webhook-secret_1"

        private static func project(_ options: String = "") throws -> ScratchProject {
            try ScratchProject([
                "nightjar.lua": Lua.base + """
                    platform "telegram" { bot_token = secret "TG_TOKEN", api_url = env("TG_API"), \(options) }
                    command("deploy", { description = "Deploys", run = function(ctx)
                      return "chosen: " .. (ctx:ask("Deploy now?", { "Yes", "No" }, "1m") or "nothing")
                    end })
                    command("deploy-all", { description = "Deploys all", run = function(ctx) return "done" end })

                    """
            ])
        }

        private static func environment(_ telegram: StandInTelegram) -> [String: String?] {
            ["TG_TOKEN": telegram.token, "TG_API": telegram.baseURL, "TG_SECRET": secret]
        }

        private static let webhook = #"mode = "webhook", secret_token = secret "TG_SECRET""#

        /// Brings an update to the webhook as Telegram does, and makes the call that is the answer.
        private static func bring(_ update: JSONValue, to http: HTTPDriver, of telegram: StandInTelegram) async throws -> Int {
            let request = telegram.request(for: update, secret: secret)
            let answer = try await http.post("/webhooks/telegram", bytes: Array(request.body.utf8), headers: request.headers)
            telegram.hear(answer.body)
            return answer.status
        }

        @Test(.timeLimit(.minutes(1)))
        func `messages are asked for, answered, and a button is pressed`() async throws {
            try await StandInTelegram.withServer(limits: StandInTelegramLimits()) { telegram in
                let options = ["--log-level", "trace"]
                try await NightjarProcess.run(Self.project(), options: options, environment: Self.environment(telegram)) { process, _ in
                    telegram.say("hello from Telegram")
                    var state = try await telegram.wait { $0.answers(in: 7).contains { $0.text == "hello from Telegram" } }
                    #expect(state.answers(in: 7).count == 1)

                    telegram.say("/deploy@nightjar_bot", in: -5, thread: 2)
                    telegram.say("/deploy@other_bot", in: -5, thread: 2)
                    state = try await telegram.wait { $0.answers(in: -5).contains { !$0.buttons.isEmpty } }
                    let question = try #require(state.answers(in: -5).first { !$0.buttons.isEmpty })
                    #expect(question.thread == 2)
                    #expect(question.buttons.map(\.text) == ["Yes", "No"])
                    telegram.press("Yes", of: question, from: 8)
                    try await telegram.wait { $0.notes["query-1"] == "somebody else was asked this" }
                    telegram.press("Yes", of: question)
                    state = try await telegram.wait { state in
                        state.notes["query-2"] == "✓ Yes" && state.answers(in: -5).contains { $0.text == "chosen: Yes" }
                            && state.answers(in: -5).allSatisfy { $0.buttons.isEmpty }
                    }
                    #expect(state.answers(in: -5).count == 2)
                    let commands = state.commands.compactMap { $0["command"]?.string }
                    #expect(commands.contains("deploy"))
                    #expect(!commands.contains("deploy-all"))
                    #expect(!process.log.contains(telegram.token), "the token is in the log")
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `an update that comes eleven times is one message, and nobody else brings any`() async throws {
            try await StandInTelegram.withServer { telegram in
                try await NightjarProcess.run(Self.project(Self.webhook), environment: Self.environment(telegram)) { _, http in
                    let update = telegram.say("/run agent echo once")
                    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                        for _ in 0..<11 { group.addTask { try await Self.bring(update, to: http, of: telegram) } }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(statuses == Array(repeating: 200, count: 11))
                    try await telegram.wait { $0.answers(in: 7).contains { $0.text.contains("completed") } }
                    #expect(try await http.tasks().count == 1)
                    let forged = Array(telegram.say("/run agent echo forged").text.utf8)
                    for headers in [[:], ["x-telegram-bot-api-secret-token": "webhook-secret_2"]] {
                        #expect(try await http.post("/webhooks/telegram", bytes: forged, headers: headers).status == 401)
                    }
                    #expect(try await http.get("/webhooks/telegram").status == 401)
                    let headers = ["x-telegram-bot-api-secret-token": Self.secret]
                    #expect(try await http.post("/webhooks/telegram", bytes: Array("{".utf8), headers: headers).status == 400)
                    let huge = Array(repeating: UInt8(ascii: "x"), count: (1 << 20) + 1)
                    #expect(try await http.post("/webhooks/telegram", bytes: huge, headers: headers).status == 413)
                    #expect(try await http.tasks().count == 1)
                }
            }
        }

        @Test(.timeLimit(.minutes(1)), arguments: [true, false])
        func `what was taken before a power cut is answered after it`(isWebhook: Bool) async throws {
            let project = try Self.project(isWebhook ? Self.webhook : "")
            try await StandInTelegram.withServer { telegram in
                let environment = Self.environment(telegram)
                try await NightjarProcess.run(project, environment: environment) { process, http in
                    telegram.failNext("sendMessage", .stallBeforeFirstByte)
                    let update = telegram.say("remember me")
                    if isWebhook { #expect(try await Self.bring(update, to: http, of: telegram) == 200) }
                    try await telegram.wait { $0.calls(of: "sendMessage").count == 1 }
                    try await process.cutOff()
                    #expect(telegram.state.answers(in: 7).isEmpty)
                }
                try await NightjarProcess.run(project, environment: environment) { _, http in
                    try await telegram.wait { $0.answers(in: 7).contains { $0.text == "remember me" } }
                    // Whatever came again, it is the same message.
                    telegram.say("and me")
                    if isWebhook, let update = telegram.state.updates.last { _ = try await Self.bring(update, to: http, of: telegram) }
                    try await telegram.wait { $0.answers(in: 7).contains { $0.text == "and me" } }
                    #expect(telegram.state.answers(in: 7).map(\.text) == ["remember me", "and me"])
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `an answer is shown while it is written`() async throws {
            try await StandInProvider.withProvider { provider in
                provider.script(.text("one ", "two ", "three ", "four ", "five", delay: .milliseconds(700)))
                try await StandInTelegram.withServer { telegram in
                    let project = try Self.project()
                    try project.write("nightjar.lua", project.read("nightjar.lua") + Lua.remote(provider.baseURL))
                    var environment = Self.environment(telegram)
                    environment["KEY"] = "test"
                    try await NightjarProcess.run(project, environment: environment) { _, _ in
                        telegram.say("/run agent remote count")
                        let state = try await telegram.wait { $0.answers(in: 7).contains { $0.text.contains("five") } }
                        let answer = try #require(state.answers(in: 7).first { $0.text.contains("five") })
                        #expect(answer.edits > 0)
                        #expect(state.answers(in: 7).count { $0.text.contains("one") } == 1)
                        #expect(!state.calls(of: "sendChatAction").isEmpty)
                    }
                }
            }
        }
    }
}
