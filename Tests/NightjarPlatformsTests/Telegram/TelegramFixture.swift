import AsyncHTTPClient
import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting

@testable import NightjarPlatforms

/// A Telegram platform that talks to a stand-in.
struct TelegramFixture: Sendable {
    let server: StandInTelegram
    let platform: TelegramPlatform
    /// Nobody waits on it: time passes at once.
    let clock: LeapingClock
    let log: InMemoryLogHandler

    var logText: String { log.entries.map { "\($0.message) \($0.metadata)" }.joined(separator: "\n") }

    static func with(
        _ options: [String: PlatformDefinition.Option] = [:], limits: StandInTelegramLimits? = nil, hasNativeDrafts: Bool = false,
        _ body: (TelegramFixture) async throws -> Void
    ) async throws {
        let http = PlatformContext.makeClient()
        do {
            try await StandInTelegram.withServer(limits: limits, hasNativeDrafts: hasNativeDrafts) { server in
                let clock = LeapingClock()
                let log = InMemoryLogHandler()
                var logger = Logger(label: "test") { _ in log }
                logger.logLevel = .trace
                let context = PlatformContext(http: http, clock: clock.engineClock, logger: logger)
                // A machine that runs all tests at once is slow.
                let patience = TelegramTimeouts(call: .seconds(300), chore: .seconds(300))
                let platform = TelegramPlatform(try .sample(options, server: server), context, timeouts: patience)
                try await body(TelegramFixture(server: server, platform: platform, clock: clock, log: log))
            }
        } catch {
            try await http.shutdown()
            throw error
        }
        try await http.shutdown()
    }

    /// A reply to a message of a person.
    static func message(
        _ rendered: RenderedMessage, to chat: Int64 = 7, thread: String? = nil, quoting: Int64? = nil, part: Int = 0, draft: String? = nil,
        question: Question? = nil
    ) -> OutboundMessage {
        let content: ReplyContent = question.map { .question($0) } ?? .text("hi")
        let entry = OutboxEntry(
            address: Address(platform: "telegram", channel: "\(chat)", thread: thread, user: "7"),
            replyRoute: quoting.map { TelegramRoute(message: $0).text }, content: content, createdAt: Timestamp(milliseconds: 0))
        return OutboundMessage(entry, rendered: rendered, part: part, draft: draft, buttonsMax: TelegramLimits.buttonsMax)
    }

    func deliver(_ message: OutboundMessage) async throws -> String? { try await platform.deliver(message) }

    /// What a delivery is refused with.
    func refusal(of message: OutboundMessage) async -> DeliveryError? {
        do {
            _ = try await deliver(message)
            return nil
        } catch {
            return error as? DeliveryError
        }
    }
}

extension TelegramOptions {
    /// - Parameter server: nil for what sends nothing.
    static func sample(
        _ options: [String: PlatformDefinition.Option] = [:], server: StandInTelegram? = nil
    ) throws -> TelegramOptions {
        var definition = PlatformDefinition(name: "telegram", options: options)
        if definition.options["bot_token"] == nil { definition.options["bot_token"] = .secret(Secret(server?.token ?? "123456:token")) }
        if let server, definition.options["api_url"] == nil { definition.options["api_url"] = .string(server.baseURL) }
        return try TelegramOptions(definition)
    }
}
