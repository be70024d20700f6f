import NightjarTesting

struct WhatsAppStage: VendorStage {
    static let name = "whatsapp"
    private static let person = "16505551234"

    let standIn: StandInWhatsApp

    static func withStage(_ body: @Sendable (WhatsAppStage) async throws -> Void) async throws {
        try await StandInWhatsApp.withStandIn { try await body(WhatsAppStage(standIn: $0)) }
    }

    var declaration: String {
        """
        platform "whatsapp" {
          phone_number_id = "\(standIn.account.phoneNumberID)",
          access_token = secret "WHATSAPP_TOKEN",
          app_secret = secret "WHATSAPP_APP_SECRET",
          verify_token = secret "WHATSAPP_VERIFY_TOKEN",
          api_url = "\(standIn.baseURL)",
        }
        """
    }

    var secrets: [String: String] {
        let account = standIn.account
        return [
            "WHATSAPP_TOKEN": account.accessToken, "WHATSAPP_APP_SECRET": account.appSecret, "WHATSAPP_VERIFY_TOKEN": account.verifyToken,
        ]
    }

    var view: StageView {
        let messages = standIn.messages.map { StageMessage(id: $0.id, text: $0.text, buttons: $0.buttons.map(\.title)) }
        return StageView(messages: messages, activities: standIn.indicators.count)
    }

    func say(_ text: String, to engine: EngineDoor) async throws {
        try await send(standIn.says(text, from: Self.person), to: engine)
    }

    func press(_ button: String, of message: StageMessage, to engine: EngineDoor) async throws {
        guard let message = standIn.messages.first(where: { $0.id == message.id }),
            let button = message.buttons.first(where: { $0.title == button })
        else { return }
        try await send(standIn.press(button, of: message, from: Self.person), to: engine)
    }

    private func send(_ notification: StandInWhatsApp.Notification, to engine: EngineDoor) async throws {
        try await engine.tell(notification.path, headers: notification.headers, body: notification.body, by: .whatsApp)
    }
}
