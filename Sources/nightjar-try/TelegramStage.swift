import NightjarTesting

struct TelegramStage: VendorStage {
    static let name = "telegram"
    private static let person: Int64 = 7

    let standIn: StandInTelegram

    static func withStage(_ body: @Sendable (TelegramStage) async throws -> Void) async throws {
        try await StandInTelegram.withServer { try await body(TelegramStage(standIn: $0)) }
    }

    var declaration: String { #"platform "telegram" { bot_token = secret "TELEGRAM_TOKEN", api_url = "\#(standIn.baseURL)" }"# }

    var secrets: [String: String] { ["TELEGRAM_TOKEN": standIn.token] }

    var view: StageView {
        let state = standIn.state
        let messages = state.answers(in: Self.person).map {
            StageMessage(id: String($0.id), text: $0.text, buttons: $0.buttons.map(\.text), edits: $0.edits)
        }
        return StageView(messages: messages, activities: state.calls(of: "sendChatAction").count)
    }

    // What people do waits for the engine's next poll, so it needs no door.

    func say(_ text: String, to engine: EngineDoor) async throws { standIn.say(text, from: Self.person) }

    func press(_ button: String, of message: StageMessage, to engine: EngineDoor) async throws {
        guard let message = standIn.state.answers(in: Self.person).first(where: { String($0.id) == message.id }) else { return }
        standIn.press(button, of: message, from: Self.person)
    }
}
