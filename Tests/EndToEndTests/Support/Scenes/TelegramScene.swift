import NightjarEngine
import NightjarTesting

/// Two persons' private chats with a bot that has a webhook.
struct TelegramScene: PlatformScene {
    static let name = "telegram"
    private static let secret = "webhook-secret_1"

    let telegram: StandInTelegram

    static func withScene<Result: Sendable>(_ body: @Sendable (TelegramScene) async throws -> Result) async throws -> Result {
        try await StandInTelegram.withServer { try await body(TelegramScene(telegram: $0)) }
    }

    var declaration: String {
        """
        platform "telegram" {
          bot_token = secret "TG_TOKEN", mode = "webhook", secret_token = secret "TG_SECRET", api_url = "\(telegram.baseURL)",
        }
        """
    }

    var secrets: [String: String] { ["TG_TOKEN": telegram.token, "TG_SECRET": Self.secret] }

    private static func person(_ place: ScenePlace) -> Int64 { place == .first ? 7 : 8 }

    func requests(saying text: String, in place: ScenePlace) -> [SceneRequest] {
        let request = telegram.request(for: telegram.say(text, from: Self.person(place)), secret: Self.secret)
        return [SceneRequest(path: "/webhooks/telegram", headers: request.headers, body: Array(request.body.utf8))]
    }

    func request(sending file: StandInFile, saying text: String) -> SceneRequest? {
        let request = telegram.request(for: telegram.say(text, from: Self.person(.first), file: file), secret: Self.secret)
        return SceneRequest(path: "/webhooks/telegram", headers: request.headers, body: Array(request.body.utf8))
    }

    func answers(in place: ScenePlace) -> [SceneAnswer] {
        telegram.state.answers(in: Self.person(place)).map { SceneAnswer(source: $0.source, text: $0.text, file: $0.file) }
    }

    /// It refuses whatever does not parse, so there is nothing that it merely dislikes.
    var faults: [String] {
        telegram.state.calls.filter { $0.status == 400 }.map { "\($0.method) was refused: \($0.parameters)" }
    }

    func failNextSends(_ failures: SceneFailure...) {
        let seconds = SceneFailure.rateLimitSeconds
        let limit = StandInTelegram.refusal(status: 429, "Too Many Requests: retry after \(seconds)", retryAfter: Int64(seconds))
        for failure in failures { telegram.failNext("sendMessage", failure.answer ?? limit) }
    }

    var sendCount: Int { telegram.state.calls(of: "sendMessage").count }
}
