import NightjarEngine
import NightjarTesting

/// Ann's direct messages with the app.
struct SlackStage: VendorStage {
    static let name = "slack"
    private static let channel = "D0ANN"

    let standIn: StandInSlack

    static func withStage(_ body: @Sendable (SlackStage) async throws -> Void) async throws {
        try await StandInSlack.withSlack(burst: 3) { try await body(SlackStage(standIn: $0)) }
    }

    var declaration: String {
        """
        platform "slack" {
          bot_token = secret "SLACK_BOT_TOKEN", signing_secret = secret "SLACK_SIGNING_SECRET", api_url = "\(standIn.apiURL)",
        }
        """
    }

    var secrets: [String: String] {
        ["SLACK_BOT_TOKEN": StandInSlack.botToken, "SLACK_SIGNING_SECRET": StandInSlack.signingSecret]
    }

    var view: StageView {
        let messages = standIn.answers.map { StageMessage(id: $0.ts, text: $0.text, buttons: $0.buttons, edits: $0.edits) }
        let notes = standIn.ephemeral.enumerated().map { StageMessage(id: "note \($0.offset)", text: $0.element) }
        return StageView(messages: messages + notes, activities: standIn.count("assistant.threads.setStatus"))
    }

    func say(_ text: String, to engine: EngineDoor) async throws {
        let now = EngineClock.system.now
        // Slack keeps what begins with a slash for slash commands.
        let request =
            text.hasPrefix("/")
            ? standIn.command("/nj", String(text.dropFirst()), channel: Self.channel, at: now)
            : standIn.message(text, channel: Self.channel, at: now)
        try await send(request, to: engine)
    }

    func press(_ button: String, of message: StageMessage, to engine: EngineDoor) async throws {
        guard let message = standIn.answers.first(where: { $0.ts == message.id }), let index = message.buttons.firstIndex(of: button)
        else { return }
        try await send(standIn.press(index, of: message, at: EngineClock.system.now), to: engine)
    }

    private func send(_ request: PlatformRequest, to engine: EngineDoor) async throws {
        let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { _, last in last }
        try await engine.tell("/webhooks/slack", headers: headers, body: String(decoding: request.body, as: UTF8.self), by: .slack)
    }
}
