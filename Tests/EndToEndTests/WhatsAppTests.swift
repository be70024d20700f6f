import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    @Suite struct WhatsAppTests {
        private static let person = "16505551234"

        private static func project(_ standIn: StandInWhatsApp, _ more: String = "") throws -> ScratchProject {
            try ScratchProject([
                "nightjar.lua": Lua.base + """
                    platform "whatsapp" {
                      phone_number_id = "\(standIn.account.phoneNumberID)", access_token = secret "WHATSAPP_TOKEN",
                      app_secret = secret "WHATSAPP_APP_SECRET", verify_token = secret "WHATSAPP_VERIFY_TOKEN",
                      api_url = "\(standIn.baseURL)",
                    }
                    command("deploy", { description = "Deploys", run = function(ctx)
                      return "you said " .. ctx:ask("Deploy?", { "Yes", "No" }, "1h")
                    end })

                    """ + more
            ])
        }

        private static func environment(_ standIn: StandInWhatsApp) -> [String: String] {
            let account = standIn.account
            return [
                "WHATSAPP_TOKEN": account.accessToken, "WHATSAPP_APP_SECRET": account.appSecret, "WHATSAPP_VERIFY_TOKEN": account.verifyToken,
            ]
        }

        private static func send(_ notification: StandInWhatsApp.Notification, _ http: HTTPDriver) async throws -> HTTPDriver.Answer {
            try await http.post(notification.path, bytes: Array(notification.body.utf8), headers: notification.headers)
        }

        private static func messages(_ count: Int, of standIn: StandInWhatsApp) async throws -> [StandInWhatsAppMessage] {
            try await eventually("\(count) messages at the stand-in: \(standIn.messages)") {
                standIn.messages.count >= count ? standIn.messages : nil
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a person talks to the engine, and presses a button`() async throws {
            try await StandInWhatsApp.withStandIn { standIn in
                let environment = Self.environment(standIn)
                try await NightjarProcess.run(try Self.project(standIn), environment: environment) { process, http in
                    let handshake = try await http.get(standIn.handshake(challenge: "4711"))
                    #expect(handshake.status == 200)
                    #expect(handshake.body == "4711")
                    #expect(try await http.get(standIn.handshake(token: "wrong")).status == 403)

                    let hello = standIn.says("hello", from: Self.person, id: "wamid.hello")
                    for _ in 1...11 { #expect(try await Self.send(hello, http).status == 200) }
                    let echo = try await Self.messages(1, of: standIn)[0]
                    #expect(echo.text == "hello")
                    #expect(echo.recipient == Self.person)
                    #expect(echo.quotes == "wamid.hello")

                    var forged = hello
                    forged.body = forged.body.replacing("hello", with: "hullo")
                    #expect(try await Self.send(forged, http).status == 401)

                    #expect(try await Self.send(standIn.says("/deploy", from: Self.person), http).status == 200)
                    let question = try await Self.messages(2, of: standIn)[1]
                    #expect(question.buttons.map(\.title) == ["Yes", "No"])
                    let press = standIn.press(question.buttons[0], of: question, from: Self.person)
                    #expect(try await Self.send(press, http).status == 200)
                    #expect(try await Self.messages(3, of: standIn)[2].text == "you said Yes")

                    let late = standIn.press(question.buttons[1], of: question, from: Self.person)
                    #expect(try await Self.send(late, http).status == 200)
                    let notice = try await Self.messages(4, of: standIn)[3]
                    #expect(notice.text != "you said No")
                    #expect(try await http.tasks().count == 1)
                    for secret in environment.values { #expect(!process.log.contains(secret)) }
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `a message that was acknowledged is answered after a power cut`() async throws {
            let stalled = Once()
            try await StandInProvider.withProvider(fallback: { _ in
                stalled.take() ? .stallBeforeFirstByte : StandInAnswer(steps: [.text("at last")])
            }) { gate in
                try await StandInWhatsApp.withStandIn { standIn in
                    let project = try Self.project(
                        standIn, #"command("wait", { description = "Waits", run = function(ctx) return http.get("\#(gate.baseURL)/").body end })"#)
                    let environment = Self.environment(standIn)
                    try await NightjarProcess.run(project, environment: environment) { process, http in
                        #expect(try await Self.send(standIn.says("/wait", from: Self.person, id: "wamid.wait"), http).status == 200)
                        try await gate.wait { $0.requests.count == 1 }
                        try await process.cutOff()
                    }
                    #expect(standIn.messages.isEmpty)
                    try await NightjarProcess.run(project, environment: environment) { _, _ in
                        let answer = try await Self.messages(1, of: standIn)[0]
                        #expect(answer.text == "at last")
                        #expect(answer.quotes == "wamid.wait")
                    }
                    #expect(standIn.messages.count == 1)
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `an answer that failed on the way arrives, and one that cannot is explained`() async throws {
            try await StandInWhatsApp.withStandIn { standIn in
                let project = try Self.project(standIn, Lua.command("ping", answering: "pong"))
                try await NightjarProcess.run(project, environment: Self.environment(standIn)) { process, http in
                    standIn.failNext(StandInAnswer(status: 500, steps: [.raw("oops")]))
                    _ = try await Self.send(standIn.says("/ping", from: Self.person), http)
                    #expect(try await Self.messages(1, of: standIn)[0].text == "pong")

                    let late = standIn.says("/ping", from: Self.person)
                    standIn.closeWindow(of: Self.person)
                    _ = try await Self.send(late, http)
                    try await eventually("the reply is given up") { process.log.contains("is given up") }
                    #expect(process.log.contains("24 hours") && process.log.contains("template"))
                    #expect(standIn.messages.count == 1)
                }
            }
        }
    }
}
