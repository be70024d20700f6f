import NightjarEngine
import NightjarTesting

/// Two persons who write to a number.
struct WhatsAppScene: PlatformScene {
    static let name = "whatsapp"

    let whatsapp: StandInWhatsApp

    static func withScene<Result: Sendable>(_ body: @Sendable (WhatsAppScene) async throws -> Result) async throws -> Result {
        try await StandInWhatsApp.withStandIn { try await body(WhatsAppScene(whatsapp: $0)) }
    }

    var declaration: String {
        """
        platform "whatsapp" {
          phone_number_id = "\(whatsapp.account.phoneNumberID)", access_token = secret "WHATSAPP_TOKEN",
          app_secret = secret "WHATSAPP_APP_SECRET", verify_token = secret "WHATSAPP_VERIFY_TOKEN", api_url = "\(whatsapp.baseURL)",
        }
        """
    }

    var secrets: [String: String] {
        let account = whatsapp.account
        return [
            "WHATSAPP_TOKEN": account.accessToken, "WHATSAPP_APP_SECRET": account.appSecret, "WHATSAPP_VERIFY_TOKEN": account.verifyToken,
        ]
    }

    private static func person(_ place: ScenePlace) -> String { place == .first ? "16505551234" : "16505555678" }

    func requests(saying text: String, in place: ScenePlace) -> [SceneRequest] {
        let notification = whatsapp.says(text, from: Self.person(place))
        return [SceneRequest(path: notification.path, headers: notification.headers, body: Array(notification.body.utf8))]
    }

    func request(sending file: StandInFile, saying text: String) -> SceneRequest? {
        let notification = whatsapp.sends(file, text, from: Self.person(.first))
        return SceneRequest(path: notification.path, headers: notification.headers, body: Array(notification.body.utf8))
    }

    func answers(in place: ScenePlace) -> [SceneAnswer] {
        whatsapp.messages.filter { $0.recipient == Self.person(place) }.map { SceneAnswer(source: $0.text, text: $0.text, file: $0.file) }
    }

    /// It refuses what is too long or empty; nothing else can be wrong with a text.
    var faults: [String] { [] }

    func failNextSends(_ failures: SceneFailure...) {
        let limit = StandInWhatsApp.error(130_429, status: 429, headers: ["retry-after": "\(SceneFailure.rateLimitSeconds)"])
        whatsapp.failNextMessages(failures.map { $0.answer ?? limit })
    }

    var sendCount: Int { whatsapp.provider.activity.requests.count { $0.path.hasSuffix("/messages") && !$0.body.contains("typing_indicator") } }
}
