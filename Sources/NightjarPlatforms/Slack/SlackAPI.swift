import AsyncHTTPClient
import NIOHTTP1
import NightjarEngine

/// Slack's Web API: methods are called with JSON and answer with JSON, failures included.
struct SlackAPI: Sendable {
    private let client: VendorClient
    private let baseURL: String
    private let token: Secret

    init(http: HTTPClient, options: SlackOptions) {
        client = VendorClient(http: http, vendor: "Slack")
        baseURL = options.apiURL
        token = options.botToken
    }

    /// - Parameter token: the bot's unless another is given.
    /// - Returns: the answer, which says that all is well.
    /// - Throws: ``SlackFailure`` for what Slack refuses; `DeliveryError` when there is no answer, or none that is Slack's.
    @discardableResult
    func call(_ method: String, _ arguments: [String: JSONValue] = [:], token: Secret? = nil) async throws -> JSONValue {
        let response = try await client.send(
            VendorRequest(
                url: "\(baseURL)/\(method)", label: method, headers: ["authorization": "Bearer \((token ?? self.token).reveal())"],
                body: .json(.object(arguments))))
        let answer = response.json
        switch answer["ok"] {
        case .bool(true):
            return answer
        case .bool(false):
            throw SlackFailure(
                method: method, code: answer["error"]?.string ?? "unknown_error", retryAfter: response.retryAfter,
                needed: answer["needed"]?.string)
        default:
            throw DeliveryError(
                "Slack's answer to \(method) is not to be understood (status \(response.status)); is api_url right?",
                isRetryable: (200..<300).contains(response.status))
        }
    }

    /// Answers a slash command or a button by the address that came with it.
    /// - Parameter url: Slack's; it lets anybody answer, so it is never shown.
    /// - Throws: as ``call(_:_:token:)``.
    func respond(to url: String, _ arguments: [String: JSONValue]) async throws {
        let response = try await client.send(VendorRequest(url: url, label: "the response_url", body: .json(.object(arguments))))
        guard (200..<300).contains(response.status), response.json["ok"] != .bool(false) else {
            throw SlackFailure(method: "the response_url", code: response.json["error"]?.string ?? "status \(response.status)")
        }
    }
}
