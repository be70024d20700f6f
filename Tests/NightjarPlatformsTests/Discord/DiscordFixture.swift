import AsyncHTTPClient
import InMemoryLogging
import Logging
import NightjarTesting

@testable import NightjarEngine
@testable import NightjarPlatforms

/// A Discord platform that talks to a stand-in, on a clock that leaps over every wait.
struct DiscordFixture: Sendable {
    static let now = Timestamp(milliseconds: 1_767_225_600_000)
    static let channel = "1300000000000000001"
    /// Whose drafts are shown.
    static let task = TaskID(rawValue: "t1")
    static let person = "1200000000000000007"

    let discord: StandInDiscord
    let platform: DiscordPlatform
    let clock: LeapingClock
    let log: InMemoryLogHandler

    static func definition(_ changes: [String: PlatformDefinition.Option?] = [:]) -> PlatformDefinition {
        var options: [String: PlatformDefinition.Option] = [
            "application_id": .string(StandInDiscord.applicationID), "bot_token": .secret(Secret(StandInDiscord.botToken)),
            "public_key": .string(StandInDiscord.publicKey),
        ]
        for (key, value) in changes { options[key] = value }
        return PlatformDefinition(name: "discord", options: options)
    }

    /// A platform that is asked and asks nobody.
    static func receiver(_ changes: [String: PlatformDefinition.Option?] = [:]) throws -> DiscordPlatform {
        let context = PlatformContext(
            http: .shared, clock: .system, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return DiscordPlatform(try DiscordOptions(definition(changes)), context)
    }

    static func run(
        _ changes: [String: PlatformDefinition.Option?] = [:], perPeriod: Int? = nil,
        _ body: (DiscordFixture) async throws -> Void
    ) async throws {
        try await StandInDiscord.withDiscord(perPeriod: perPeriod) { discord in
            let http = PlatformContext.makeClient()
            let clock = LeapingClock()
            let log = InMemoryLogHandler()
            let options = try DiscordOptions(definition(changes.merging(["api_url": .string(discord.apiURL)]) { $1 }))
            let platform = DiscordPlatform(
                options, PlatformContext(http: http, clock: clock.engineClock, logger: Logger(label: "test") { _ in log }))
            do {
                try await body(DiscordFixture(discord: discord, platform: platform, clock: clock, log: log))
            } catch {
                try await http.shutdown()
                throw error
            }
            try await http.shutdown()
        }
    }

    /// Another platform of the same bot, as a process that knows nothing of this one has it.
    func platform(on clock: EngineClock) throws -> DiscordPlatform {
        let options = try DiscordOptions(Self.definition(["api_url": .string(discord.apiURL)]))
        return DiscordPlatform(options, PlatformContext(http: .shared, clock: clock, logger: platform.logger))
    }

    /// A slash command that the platform has taken and answered with "later".
    func asked(_ name: String = "ping") throws -> InboundMessage {
        let interaction = discord.command(name, at: Self.now)
        let reception = platform.receive(interaction.request)
        discord.hear(reception.answer([.accepted])?.body ?? "", to: interaction)
        guard let message = reception.events?.first?.message else { throw DeliveryError("no message", isRetryable: false) }
        return message
    }

    static func message(
        _ text: String, to message: InboundMessage? = nil, rendered: RenderedMessage? = nil, draft: String? = nil,
        question: Question? = nil, file: OutboundFile? = nil, task: TaskID? = nil,
        channel: String = channel, replyRoute: String? = nil
    ) -> OutboundMessage {
        let content = question.map(ReplyContent.question) ?? file.map { .file($0, comment: text) } ?? .text(text)
        let entry = OutboxEntry(
            address: message?.address ?? Address(platform: "discord", channel: channel, user: person),
            replyRoute: message?.replyRoute ?? replyRoute, content: content, taskID: task, createdAt: now)
        return OutboundMessage(entry, rendered: rendered ?? .text(text), draft: draft, buttonsMax: DiscordLimits.buttonsMax)
    }

    static func draft(_ text: String, to message: InboundMessage, reference: String? = nil) -> Draft {
        Draft(
            address: message.address, replyRoute: message.replyRoute, taskID: task, text: text,
            reference: reference)
    }

    /// - Returns: what the delivery fails with.
    func failure(of message: OutboundMessage) async -> DeliveryError? {
        do {
            _ = try await platform.deliver(message)
            return nil
        } catch {
            return error as? DeliveryError
        }
    }
}
