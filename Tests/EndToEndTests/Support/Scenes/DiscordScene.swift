import Foundation
import NightjarEngine
import NightjarTesting

/// A person's slash commands in two channels, where what is no command is said to the agent by `/ask`; or two persons' direct messages.
struct DiscordScene: PlatformScene {
    static let name = "discord"

    let discord: StandInDiscord
    /// Whether messages come over a connection that the engine opens.
    var usesGateway = false

    static func withScene<Result: Sendable>(
        usesGateway: Bool = false, _ body: @Sendable (DiscordScene) async throws -> Result
    ) async throws -> Result {
        try await StandInDiscord.withDiscord { try await body(DiscordScene(discord: $0, usesGateway: usesGateway)) }
    }

    var declaration: String {
        """
        platform "discord" {
          application_id = "\(StandInDiscord.applicationID)", bot_token = secret "DISCORD_TOKEN", public_key = "\(StandInDiscord.publicKey)",
          api_url = "\(discord.apiURL)", gateway = \(usesGateway),
        }
        command("ask", { description = "Asks the agent", run = function(ctx) return ctx:run("echo", table.concat(ctx.args, " ")).text end })
        """
    }

    var secrets: [String: String] { ["DISCORD_TOKEN": StandInDiscord.botToken] }

    private static func channel(_ place: ScenePlace) -> String {
        place == .first ? "1300000000000000001" : "1300000000000000002"
    }

    func requests(saying text: String, in place: ScenePlace) -> [SceneRequest] {
        if usesGateway {
            let id = discord.nextID()
            return [
                SceneRequest(
                    path: "", headers: [:], body: [],
                    bring: {
                        try await eventually("a connection") { discord.isConnected }
                        _ = try await discord.say(text, channel: Self.channel(place), isDirect: true, id: id)
                    })
            ]
        }
        let words = text.hasPrefix("/") ? text.dropFirst().split(separator: " ", maxSplits: 1).map(String.init) : ["ask", text]
        let interaction = discord.command(
            words[0], words.count > 1 ? words[1] : "", channel: Self.channel(place), at: Timestamp(Date.now))
        let headers = Dictionary(interaction.request.headers.map { ($0.name, $0.value) }) { _, last in last }
        return [
            SceneRequest(
                path: "/webhooks/discord", headers: headers, body: interaction.request.body,
                hear: { discord.hear($0, to: interaction) })
        ]
    }

    /// The options of slash commands hold no files here.
    func request(sending file: StandInFile, saying text: String) -> SceneRequest? {
        guard usesGateway else { return nil }
        let id = discord.nextID()
        return SceneRequest(
            path: "", headers: [:], body: [],
            bring: {
                try await eventually("a connection") { discord.isConnected }
                _ = try await discord.say(text, channel: Self.channel(.first), isDirect: true, id: id, file: file)
            })
    }

    func answers(in place: ScenePlace) -> [SceneAnswer] {
        discord.answers.filter { $0.channel == Self.channel(place) }.map { SceneAnswer(source: $0.content, text: $0.content, file: $0.file) }
    }

    var faults: [String] { discord.faults }

    /// The first answer of an interaction, and what follows.
    private static let routes = ["PATCH /webhooks/:id/:token/messages/@original", "POST /channels/:id/messages"]

    func failNextSends(_ failures: SceneFailure...) {
        for failure in failures {
            discord.failNext(
                Self.routes[usesGateway ? 1 : 0],
                failure.answer ?? StandInDiscord.rateLimit(.seconds(SceneFailure.rateLimitSeconds)))
        }
    }

    var sendCount: Int { Self.routes.reduce(0) { $0 + discord.count($1) } }
}
