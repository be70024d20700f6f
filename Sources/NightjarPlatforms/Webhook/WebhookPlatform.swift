import AsyncHTTPClient
import HTTPTypes
import NIOCore
import NIOHTTP1
public import NightjarEngine

/// The generic webhook: replies are kept with their message, and posted to its `callback_url` when it has one.
///
/// A callback is `POST`ed as `{"id":…,"text":…,"task":…,"kind":…}`, `id` being the message's and `task` null for replies of no
/// task; what a formatter gave as a table is its `payload`. `Idempotency-Key` names the reply: a receiver that sees one again has it already. Redirects are not followed, so
/// `settings.callback_hosts` has the last word on where requests go.
public struct WebhookPlatform: Platform {
    public static let platformName = "webhook"

    public let name = platformName
    public let capabilities = PlatformCapabilities(keepsReplies: true, fileBytesMax: FileLimits.uploadBytesMax)
    private let client: HTTPClient
    private let callbackHosts: @Sendable () -> [String]

    /// Opens the platform for as long as `body` runs.
    /// - Parameter callbackHosts: the hosts allowed now; asked for each delivery, since a reload may change them.
    public static func withPlatform<Result>(
        callbackHosts: @escaping @Sendable () -> [String], isolation: isolated (any Actor)? = #isolation,
        _ body: (WebhookPlatform) async throws -> Result
    ) async throws -> Result {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = TimeAmount(WebhookLimits.callbackConnectTimeout)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = PlatformLimits.connectionsPerHostMax
        // The outbox tries again, and counts.
        configuration.connectionPool.retryConnectionEstablishment = false
        return try await HTTPClient.withHTTPClient(configuration: configuration) { client in
            try await body(WebhookPlatform(client: client, callbackHosts: callbackHosts))
        }
    }

    private init(client: HTTPClient, callbackHosts: @escaping @Sendable () -> [String]) {
        self.client = client
        self.callbackHosts = callbackHosts
    }

    public func deliver(_ message: OutboundMessage) async throws -> String? {
        // Without a callback there is nothing to send: whoever wants the reply reads it with its message.
        guard let url = message.replyRoute else { return nil }
        if let refusal = CallbackHosts(callbackHosts()).refusal(of: url) {
            throw DeliveryError(refusal, isRetryable: false)
        }
        let answer = try await post(message, to: url)
        if let failure = CallbackAnswer.failure(
            status: answer.status.code, retryAfter: answer.headers.first(name: "retry-after"))
        {
            throw failure
        }
        return nil
    }

    private func post(_ message: OutboundMessage, to url: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = ["content-type": "application/json", "idempotency-key": message.id, "user-agent": "nightjar"]
        request.body = .bytes(ByteBuffer(string: Self.payload(of: message).text))
        do {
            return try await client.execute(request, timeout: TimeAmount(WebhookLimits.callbackTimeout))
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            throw DeliveryError("the callback cannot be reached: \(VendorClient.reason(error))", isRetryable: true)
        }
    }

    private static func payload(of message: OutboundMessage) -> JSONValue {
        var members: [String: JSONValue] = [
            "id": message.messageID.map { .string($0.rawValue) } ?? .null,
            "text": .string(message.rendered.plainText),
            "task": message.taskID.map { .string($0.rawValue) } ?? .null,
            "kind": .string(message.kind),
        ]
        if case .payload(let payload) = message.rendered { members["payload"] = payload }
        if let file = message.file {
            members["files"] = [["name": .string(file.name), "type": .string(file.type), "content": .string(file.base64)]]
        }
        return .object(members)
    }
}
