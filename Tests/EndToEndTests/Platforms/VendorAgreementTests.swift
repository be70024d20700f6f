import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    /// The vendors' own Python packages against the engine and its stand-ins: what one side signs or sends, the other accepts.
    @Suite(
        .enabled(if: VendorPython.isThere, "there is no Python with the vendors' packages; scripts/test makes one when it can"))
    struct VendorAgreementTests {
        private static func document(_ request: SceneRequest) -> JSONValue {
            let headers = JSONValue.object(request.headers.mapValues { .string($0) })
            return ["headers": headers, "body": .string(String(decoding: request.body, as: UTF8.self))]
        }

        @Test(.timeLimit(.minutes(1)))
        func `slack-sdk signs what the engine takes`() async throws {
            try await SlackScene.withScene { scene in
                try await NightjarProcess.run(PlatformProject.make(scene), environment: scene.secrets) { _, http in
                    try await VendorPython.run(
                        "slack_signatures.py", [http.baseURL + "/webhooks/slack", StandInSlack.signingSecret],
                        input: Self.document(scene.requests(saying: "grüezi 🙂", in: .first)[0]))
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `discord-interactions and PyNaCl sign what the engine takes`() async throws {
            try await DiscordScene.withScene { scene in
                try await NightjarProcess.run(PlatformProject.make(scene), environment: scene.secrets) { _, http in
                    try await VendorPython.run(
                        "discord_signatures.py", [http.baseURL + "/webhooks/discord", StandInDiscord.keySeed],
                        input: Self.document(scene.requests(saying: "grüezi 🙂", in: .first)[0]))
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `pywa accepts the engine's handshake`() async throws {
            try await WhatsAppScene.withScene { scene in
                let account = scene.whatsapp.account
                try await NightjarProcess.run(PlatformProject.make(scene), environment: scene.secrets) { _, http in
                    try await VendorPython.run(
                        "whatsapp_handshake.py", [http.baseURL + "/webhooks/whatsapp", account.verifyToken, account.appSecret],
                        input: Self.document(scene.requests(saying: "grüezi 🙂", in: .first)[0]))
                }
            }
        }

        @Test(.timeLimit(.minutes(1)))
        func `python-telegram-bot reads what the engine sends`() async throws {
            try await TelegramScene.withScene { scene in
                let project = try PlatformProject.make(
                    scene,
                    """
                    command("deploy", { description = "Deploys", run = function(ctx) ctx:ask("Deploy *now*?", { "Yes", "No" }, "1m") end })
                    command("page", { description = "Shows", run = function() return require("page") end })

                    """)
                try project.write("page.lua", "return [====[\n\(LongAnswer.markdown.prefix(3000))]====]")
                let telegram = scene.telegram
                try await NightjarProcess.run(project, environment: scene.secrets) { _, http in
                    try await scene.say("/page", http)
                    try await scene.answers("the page") { !$0.isEmpty }
                    try await scene.say("/deploy", http)
                    try await scene.answers("the question") { $0.last?.text.contains("Deploy now?") == true }
                    try await telegram.wait { !$0.commands.isEmpty }
                    let calls = telegram.state.calls.filter { $0.status == 200 }.map {
                        JSONValue.object(["method": .string($0.method), "parameters": .object($0.parameters)])
                    }
                    try await VendorPython.run(
                        "telegram_messages.py", [telegram.baseURL, telegram.token, "7"], input: .array(calls))
                }
            }
        }
    }
}
