import NightjarEngine
import NightjarTesting

/// Ann's slash commands in a channel, and what she says to the bot there.
struct DiscordStage: VendorStage {
    static let name = "discord"

    let standIn: StandInDiscord

    static func withStage(_ body: @Sendable (DiscordStage) async throws -> Void) async throws {
        try await StandInDiscord.withDiscord { try await body(DiscordStage(standIn: $0)) }
    }

    var declaration: String {
        """
        platform "discord" {
          application_id = "\(StandInDiscord.applicationID)", bot_token = secret "DISCORD_TOKEN", public_key = "\(StandInDiscord.publicKey)",
          api_url = "\(standIn.apiURL)", gateway = true,
        }
        """
    }

    var secrets: [String: String] { ["DISCORD_TOKEN": StandInDiscord.botToken] }

    var view: StageView {
        let messages = standIn.answers.map { StageMessage(id: $0.id, text: $0.content, buttons: $0.buttons, edits: $0.edits) }
        let notes = standIn.ephemeral.enumerated().map { StageMessage(id: "note \($0.offset)", text: $0.element) }
        return StageView(messages: messages + notes, activities: standIn.awaited.count)
    }

    func say(_ text: String, to engine: EngineDoor) async throws {
        guard text.hasPrefix("/") else { return try await tell(text) }
        let words = text.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
        try await send(standIn.command(words[0], words.count > 1 ? words[1] : "", at: EngineClock.system.now), to: engine)
    }

    /// A message comes over the Gateway, which the engine may still be connecting to.
    private func tell(_ text: String) async throws {
        while !standIn.isConnected { try await Task.sleep(for: .milliseconds(20)) }
        try await standIn.say(text, mentionsBot: true)
    }

    func press(_ button: String, of message: StageMessage, to engine: EngineDoor) async throws {
        guard let message = standIn.answers.first(where: { $0.id == message.id }),
            let index = message.buttons.firstIndex(of: button)
        else { return }
        try await send(standIn.press(index, of: message, at: EngineClock.system.now), to: engine)
    }

    private func send(_ interaction: StandInDiscord.Interaction, to engine: EngineDoor) async throws {
        let headers = Dictionary(interaction.request.headers.map { ($0.name, $0.value) }) { _, last in last }
        let answer = try await engine.post(
            "/webhooks/discord", headers: headers, body: String(decoding: interaction.request.body, as: UTF8.self))
        standIn.hear(answer, to: interaction)
    }
}
