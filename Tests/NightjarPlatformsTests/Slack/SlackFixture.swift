import AsyncHTTPClient
import InMemoryLogging
import Logging
import NightjarTesting

@testable import NightjarEngine
@testable import NightjarPlatforms

/// A Slack platform that talks to a stand-in, on a clock that leaps over every wait.
struct SlackFixture: Sendable {
    static let now = Timestamp(milliseconds: 1_767_225_600_000)

    let slack: StandInSlack
    let platform: SlackPlatform
    let clock: LeapingClock
    let log: InMemoryLogHandler

    static func definition(_ options: [String: PlatformDefinition.Option] = [:]) -> PlatformDefinition {
        PlatformDefinition(
            name: "slack",
            options: [
                "bot_token": .secret(Secret(StandInSlack.botToken)), "signing_secret": .secret(Secret(StandInSlack.signingSecret)),
            ].merging(options) { $1 })
    }

    static func decoder(_ options: [String: PlatformDefinition.Option] = [:]) throws -> SlackDecoder {
        SlackDecoder(options: try SlackOptions(definition(options)))
    }

    /// - Parameter api: another place than the stand-in's.
    static func run(
        _ options: [String: PlatformDefinition.Option] = [:], api: String? = nil, _ body: (SlackFixture) async throws -> Void
    ) async throws {
        try await StandInSlack.withSlack { slack in
            let http = PlatformContext.makeClient()
            let clock = LeapingClock()
            let log = InMemoryLogHandler()
            let engineClock = EngineClock(clock) { now + clock.now.offset }
            let options = try SlackOptions(definition(options.merging(["api_url": .string(api ?? slack.apiURL)]) { $1 }))
            let platform = SlackPlatform(
                options, PlatformContext(http: http, clock: engineClock, logger: Logger(label: "test") { _ in log }))
            do {
                try await body(SlackFixture(slack: slack, platform: platform, clock: clock, log: log))
            } catch {
                try await http.shutdown()
                throw error
            }
            try await http.shutdown()
        }
    }

    /// Runs the platform's own work for as long as `body` runs.
    func connected(_ body: () async throws -> Void) async throws {
        let inlet = PlatformInlet(take: { _ in [] }, commands: { Watch(backlogMax: 1) }, clock: platform.clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await platform.run(inlet) }
            defer { group.cancelAll() }
            try await body()
        }
    }

    /// The message of a person in a channel, for answers in its thread.
    func asked(in channel: String = "C0OPS") throws -> Address {
        let reading = try platform.decoder.read(slack.mention("hello", channel: channel, at: Self.now)[0])
        guard case .message(let message) = reading else { throw DeliveryError("no message", isRetryable: false) }
        return message.address
    }

    static func message(
        _ text: String, to address: Address, rendered: RenderedMessage? = nil, draft: String? = nil, question: Question? = nil,
        replyRoute: String? = SlackRoute(team: StandInSlack.team).text
    ) -> OutboundMessage {
        let content = question.map(ReplyContent.question) ?? .text(text)
        let entry = OutboxEntry(address: address, replyRoute: replyRoute, content: content, createdAt: now)
        return OutboundMessage(entry, rendered: rendered ?? .text(text), draft: draft, buttonsMax: SlackLimits.buttonsMax)
    }

    static func draft(_ text: String, at address: Address, markdown: String? = nil, task: String = "t1", reference: String? = nil) -> Draft {
        Draft(
            address: address, replyRoute: SlackRoute(team: StandInSlack.team).text, taskID: TaskID(rawValue: task), text: text,
            markdown: markdown, reference: reference)
    }
}
