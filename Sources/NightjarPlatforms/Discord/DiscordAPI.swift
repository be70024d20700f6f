import AsyncHTTPClient
import Logging
import NIOHTTP1
import NightjarEngine

/// Discord's HTTP API: requests at its pace, answers in JSON.
struct DiscordAPI: Sendable {
    /// What is asked for.
    struct Call: Sendable {
        var method: HTTPMethod
        /// Behind the API's address.
        var path: String
        /// What it is called in errors: the path may hold a token.
        var label: String
        var body: JSONValue?
        /// Sent along, with the body as its `payload_json`.
        var file: OutboundFile?
        /// Interactions prove themselves by the token in their path, and are not counted among the bot's requests.
        var isInteraction = false
        /// How long to wait for a turn; nil waits as long as it takes.
        var waitMax: Duration?
    }

    private let client: VendorClient
    private let options: DiscordOptions
    private let limits: DiscordRateLimits
    private let logger: Logger

    init(options: DiscordOptions, _ context: PlatformContext) {
        client = VendorClient(http: context.http, vendor: "Discord")
        self.options = options
        limits = DiscordRateLimits(clock: context.clock)
        logger = context.logger
    }

    /// - Returns: the answer; null when there is none.
    /// - Throws: ``DiscordFailure`` for what Discord refuses; ``DeliveryError`` when there is no answer, or Discord wants to be left in peace;
    ///   `CancellationError`.
    @discardableResult
    func perform(_ call: Call) async throws -> JSONValue {
        let route = "\(call.method.rawValue) \(Self.route(call.path))"
        try await limits.turn(for: route, isGlobal: !call.isInteraction, longest: call.waitMax)
        let response = try await client.execute(
            VendorRequest(
                method: call.method, url: options.apiURL + call.path, label: call.label,
                headers: call.isInteraction ? [:] : ["authorization": "Bot \(options.botToken.reveal())"],
                body: Self.body(of: call), timeout: call.file == nil ? .seconds(15) : DiscordLimits.uploadTimeout))
        limits.note(response.headers, of: route)
        switch response.status {
        case 200..<300: return response.json
        case 429: throw pause(after: response, call, route)
        case 400..<500: throw failure(response, call)
        default:
            throw DeliveryError(
                "Discord answered \(call.label) with \(response.status)", isRetryable: true, retryAfter: response.retryAfter)
        }
    }

    private static func body(of call: Call) -> VendorRequest.Body {
        guard let file = call.file else { return call.body.map { .json($0) } ?? .none }
        let payload = (call.body ?? .object([:])).text
        return MultipartForm(
            fields: [(name: "payload_json", value: payload, type: "application/json")], fileField: "files[0]", file: file
        ).body
    }

    /// - Parameter url: one of Discord's, which needs no token.
    func read(_ url: String) async throws -> [UInt8] { try await FileReader(client: client).read(url) }

    private func pause(after response: VendorResponse, _ call: Call, _ route: String) -> DeliveryError {
        let answer = response.json
        let seconds =
            Self.seconds(answer["retry_after"]) ?? response.headers.first(name: "retry-after").flatMap { Double($0) } ?? 1
        let pause = Duration.seconds(min(max(seconds, 0), VendorResponse.retryAfterSecondsMax))
        let scope = response.headers.first(name: "x-ratelimit-scope")
        let isGlobal = answer["global"] == true || scope == "global"
        limits.pause(pause, of: route, isGlobal: isGlobal)
        // A limit that others share is not counted against the address.
        if scope != "shared" { noteRefusal(ofToken: false) }
        return DeliveryError("Discord answered \(call.label) with 429: too many requests", isRetryable: true, retryAfter: pause)
    }

    private static func seconds(_ value: JSONValue?) -> Double? {
        switch value {
        case .integer(let seconds): Double(seconds)
        case .number(let seconds): seconds
        default: nil
        }
    }

    private func failure(_ response: VendorResponse, _ call: Call) -> DiscordFailure {
        let answer = response.json
        let isRefusedToken = response.status == 401 && !call.isInteraction
        if response.status == 401 || response.status == 403 { noteRefusal(ofToken: isRefusedToken) }
        return DiscordFailure(
            label: call.label, status: response.status, code: Int(answer["code"]?.integer ?? 0),
            message: answer["message"]?.string ?? "")
    }

    private func noteRefusal(ofToken: Bool) {
        guard limits.noteRefusal(ofToken: ofToken) else { return }
        logger.error(
            "Discord has refused so many requests that no more are sent for some minutes, since it bans who goes on",
            metadata: ["platform": "discord", "refusals": "\(DiscordLimits.refusalsMax)"])
    }

    /// What Discord counts by: ids other than the channel's and the webhook's, and the tokens, are left out.
    private static func route(_ path: String) -> String {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        for index in parts.indices.dropFirst(3) where DiscordDecoder.isID(parts[index]) { parts[index] = ":id" }
        return parts.joined(separator: "/")
    }
}
