import Logging
import NIOHTTP1
import NightjarEngine

/// A number of the WhatsApp Cloud API: notifications in at `/webhooks/whatsapp`, messages out over the Graph API.
///
/// Messages cannot be changed, so there are no drafts. There is no key that makes a send idempotent: a message whose answer was lost is
/// sent again.
struct WhatsAppPlatform: Platform {
    static let platformName = "whatsapp"

    let name = platformName
    let layout: any TextLayout = DialectLayout(platform: platformName)
    let capabilities = PlatformCapabilities(showsActivity: true, buttonsMax: WhatsAppLimits.buttonsMax, fileBytesMax: FileLimits.uploadBytesMax)
    let options: WhatsAppOptions
    let logger: Logger
    /// What people are told whose button press does not count: said when there is time, since the notification is answered at once.
    let notices: AsyncStream<Notice>
    let noticeFeed: AsyncStream<Notice>.Continuation
    let throttle: WhatsAppThrottle
    let client: VendorClient
    private let clock: EngineClock
    let memory = WhatsAppMemory()

    struct Notice: Sendable, Equatable {
        var channel: String
        var text: String
    }

    init(_ options: WhatsAppOptions, context: PlatformContext) {
        self.options = options
        logger = context.logger
        clock = context.clock
        client = VendorClient(http: context.http, vendor: "WhatsApp")
        throttle = WhatsAppThrottle(clock: context.clock)
        (notices, noticeFeed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(WhatsAppLimits.noticesMax))
    }

    @discardableResult
    func deliver(_ message: OutboundMessage) async throws -> String? {
        if let file = message.file { return try await deliver(file, of: message) }
        try await send(WhatsAppContent.bodies(of: message), of: message)
        return nil
    }

    /// Sends all that a message takes. A question that takes two is not asked twice because its buttons failed.
    func send(_ bodies: [JSONValue], of message: OutboundMessage) async throws {
        let key = message.idempotencyKey
        for body in bodies.dropFirst(memory.requestsSent(of: key)) {
            try await send(body, to: message.address.channel)
            if bodies.count > 1 { memory.noteRequestSent(of: key) }
        }
        memory.forget(key)
    }

    func showActivity(at address: Address, replyRoute: String?) async {
        guard let route = WhatsAppRoute(replyRoute), memory.isIndicatorDue(for: route.message, at: clock.uptime) else { return }
        let body: JSONValue = [
            "messaging_product": "whatsapp", "status": "read", "message_id": .string(route.message), "typing_indicator": ["type": "text"],
        ]
        do {
            let response = try await client.execute(request(body, label: "an indicator", timeout: WhatsAppLimits.activityTimeout))
            if let error = WhatsAppError(response) { throttle.heed(error, in: address.channel) }
        } catch {
            logger.debug("an indicator could not be shown", metadata: ["platform": "\(name)", "error": "\(error)"])
        }
    }

    /// - Throws: ``DeliveryError``, `CancellationError`.
    func send(_ body: JSONValue, to channel: String) async throws {
        try await throttle.turn(for: channel)
        let response = try await client.execute(request(body, label: "a message"))
        if let error = WhatsAppError(response) {
            let pause = throttle.heed(error, in: channel)
            throw DeliveryError(
                error.explanation(without: options.accessToken), isRetryable: error.isRetryable, retryAfter: pause,
                isAboutContent: error.isAboutContent)
        }
        guard response.json["messages"]?.array?.first?["id"]?.string != nil else {
            throw DeliveryError("WhatsApp answered without naming the message, so it may not have taken it", isRetryable: true)
        }
        throttle.sent()
    }

    private func request(_ body: JSONValue, label: String, timeout: Duration = .seconds(15)) -> VendorRequest {
        VendorRequest(
            url: options.messagesURL, label: label, headers: ["authorization": "Bearer \(options.accessToken.reveal())"],
            body: .json(body), timeout: timeout)
    }
}
