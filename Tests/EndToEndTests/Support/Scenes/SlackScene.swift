import Foundation
import NightjarEngine
import NightjarTesting

/// A channel where the app is mentioned, and another one.
struct SlackScene: PlatformScene {
    static let name = "slack"

    let slack: StandInSlack
    /// Whether events come over a connection that the engine opens.
    var usesSocketMode = false

    static func withScene<Result: Sendable>(
        usesSocketMode: Bool = false, _ body: @Sendable (SlackScene) async throws -> Result
    ) async throws -> Result {
        try await StandInSlack.withSlack(burst: 3) { try await body(SlackScene(slack: $0, usesSocketMode: usesSocketMode)) }
    }

    var declaration: String {
        let proof =
            usesSocketMode ? #"app_token = secret "SLACK_APP_TOKEN""# : #"signing_secret = secret "SLACK_SIGNING_SECRET""#
        return #"platform "slack" { bot_token = secret "SLACK_BOT_TOKEN", \#(proof), api_url = "\#(slack.apiURL)" }"#
    }

    var secrets: [String: String] {
        [
            "SLACK_BOT_TOKEN": StandInSlack.botToken, "SLACK_SIGNING_SECRET": StandInSlack.signingSecret,
            "SLACK_APP_TOKEN": StandInSlack.appToken,
        ]
    }

    private static func channel(_ place: ScenePlace) -> String { place == .first ? "C0OPS" : "C0DEV" }

    func requests(saying text: String, in place: ScenePlace) -> [SceneRequest] {
        slack.mention(text, channel: Self.channel(place), at: Timestamp(Date.now)).map(request)
    }

    func request(sending file: StandInFile, saying text: String) -> SceneRequest? {
        slack.mention(text, file: file, channel: Self.channel(.first), at: Timestamp(Date.now)).last.map(request)
    }

    private func request(_ request: PlatformRequest) -> SceneRequest {
        let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { _, last in last }
        var said = SceneRequest(path: "/webhooks/slack", headers: headers, body: request.body)
        if usesSocketMode { said.bring = { try await bring(request) } }
        return said
    }

    /// Sends an envelope until it is acknowledged, as Slack does.
    private func bring(_ request: PlatformRequest) async throws {
        try await eventually("a connection") { slack.socketCount > 0 }
        let envelope = try await slack.bring(request)
        try await eventually("an acknowledgement") {
            if slack.acknowledged[envelope] != nil { return true }
            _ = try? await slack.bring(request, envelope: envelope)
            return false
        }
    }

    func answers(in place: ScenePlace) -> [SceneAnswer] {
        slack.answers.filter { $0.channel == Self.channel(place) }.map {
            SceneAnswer(source: $0.text, text: Self.read($0.text), file: $0.file)
        }
    }

    /// mrkdwn's three entities are all that it escapes.
    private static func read(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    }

    var faults: [String] { slack.faults }

    func failNextSends(_ failures: SceneFailure...) {
        for failure in failures {
            slack.failNext("chat.postMessage", failure.answer ?? .slackRateLimit(seconds: SceneFailure.rateLimitSeconds))
        }
    }

    var sendCount: Int { slack.count("chat.postMessage") }
}
