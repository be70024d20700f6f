import AsyncHTTPClient
import InMemoryLogging
import Logging
import NightjarEngine
@testable import NightjarPlatforms
import NightjarTesting

/// A WhatsApp platform that talks to a stand-in.
struct WhatsAppFixture: Sendable {
    static let person = "16505551234"

    let standIn: StandInWhatsApp
    let platform: WhatsAppPlatform
    let log: InMemoryLogHandler

    /// The declaration for an account, as a script would have it.
    static func definition(
        _ account: StandInWhatsApp.Account = .init(), url: String = "http://127.0.0.1:1", changes: [String: PlatformDefinition.Option?] = [:]
    ) -> PlatformDefinition {
        var options: [String: PlatformDefinition.Option] = [
            "phone_number_id": .string(account.phoneNumberID), "access_token": .secret(Secret(account.accessToken)),
            "app_secret": .secret(Secret(account.appSecret)), "verify_token": .secret(Secret(account.verifyToken)), "api_url": .string(url),
        ]
        for (key, value) in changes { options[key] = value }
        return PlatformDefinition(name: "whatsapp", options: options)
    }

    static func options(_ changes: [String: PlatformDefinition.Option?] = [:]) throws -> WhatsAppOptions {
        try WhatsAppOptions(definition(changes: changes))
    }

    /// - Parameters:
    ///   - clock: waits for turns and pauses pass on it.
    ///   - url: another one than the stand-in's.
    static func run(clock: EngineClock = .system, url: String? = nil, _ body: (WhatsAppFixture) async throws -> Void) async throws {
        try await StandInWhatsApp.withStandIn { standIn in
            let http = PlatformContext.makeClient()
            let log = InMemoryLogHandler()
            let logger = Logger(label: "test") { _ in log }
            do {
                let options = try WhatsAppOptions(definition(standIn.account, url: url ?? standIn.baseURL))
                let platform = WhatsAppPlatform(options, context: PlatformContext(http: http, clock: clock, logger: logger))
                try await body(WhatsAppFixture(standIn: standIn, platform: platform, log: log))
            } catch {
                try await http.shutdown()
                throw error
            }
            try await http.shutdown()
        }
    }

    /// A platform that is asked and asks nobody.
    static func receiver(_ account: StandInWhatsApp.Account = .init(), _ changes: [String: PlatformDefinition.Option?] = [:]) throws
        -> WhatsAppPlatform
    {
        let context = PlatformContext(http: .shared, clock: .system, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return WhatsAppPlatform(try WhatsAppOptions(definition(account, changes: changes)), context: context)
    }

    // MARK: Messages

    static func message(
        _ rendered: RenderedMessage, to channel: String = person, quoting quoted: String? = nil, part: Int = 0
    ) -> OutboundMessage {
        message(.text("unused"), rendered, to: channel, quoting: quoted, part: part)
    }

    static func question(
        _ text: String = "Deploy?", _ choices: [String], to channel: String = person, quoting quoted: String? = nil
    ) -> OutboundMessage {
        message(.question(Question(id: "q1", text: text, choices: choices)), .text(text), to: channel, quoting: quoted)
    }

    private static func message(
        _ content: ReplyContent, _ rendered: RenderedMessage, to channel: String, quoting quoted: String?, part: Int = 0
    ) -> OutboundMessage {
        let entry = OutboxEntry(
            address: Address(platform: "whatsapp", channel: channel, user: channel), replyRoute: quoted.map { WhatsAppRoute(message: $0).text },
            content: content, createdAt: Timestamp(milliseconds: 0))
        return OutboundMessage(entry, rendered: rendered, part: part, buttonsMax: WhatsAppLimits.buttonsMax)
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

extension StandInWhatsApp.Notification {
    /// As the engine's server hands it over.
    var request: PlatformRequest {
        PlatformRequest(headers: headers.map { ($0.key, $0.value) }, body: Array(body.utf8), receivedAt: Timestamp(milliseconds: 1_749_416_383_000))
    }
}

extension PlatformReception {
    /// The status of the refusal; nil when it was taken.
    var refusedStatus: Int? {
        if case .refused(let status, _, _) = self { status } else { nil }
    }

    /// Nil when it was refused.
    var events: [PlatformEvent]? {
        if case .taken(let events, _) = self { events } else { nil }
    }

    func answer(_ outcomes: [PlatformEventOutcome] = []) -> PlatformAnswer? {
        if case .taken(_, let answer) = self { answer(outcomes) } else { nil }
    }
}

extension PlatformEvent {
    var message: InboundMessage? {
        if case .message(let message) = self { message } else { nil }
    }
}
