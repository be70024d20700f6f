import AsyncHTTPClient
import Foundation
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
        try await perform(method, .json(.object(arguments)), token ?? self.token)
    }

    /// Calls a method that takes no JSON.
    func submit(_ method: String, _ fields: [String: String]) async throws -> JSONValue {
        var form = URLComponents()
        form.queryItems = fields.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
        // In a form a plus is a space.
        let text = (form.percentEncodedQuery ?? "").replacing("+", with: "%2B")
        return try await perform(method, .bytes(Array(text.utf8), contentType: "application/x-www-form-urlencoded"), token)
    }

    private func perform(_ method: String, _ body: VendorRequest.Body, _ token: Secret) async throws -> JSONValue {
        let response = try await client.send(
            VendorRequest(url: "\(baseURL)/\(method)", label: method, headers: ["authorization": "Bearer \(token.reveal())"], body: body))
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

    /// Puts the bytes of a file where ``submit(_:_:)`` was told to.
    /// - Parameter url: Slack's, good for this once.
    func put(_ bytes: [UInt8], at url: String) async throws {
        let response = try await client.send(
            VendorRequest(
                url: url, label: "an upload", body: .bytes(bytes, contentType: "application/octet-stream"), timeout: SlackLimits.uploadTimeout))
        guard (200..<300).contains(response.status) else {
            throw DeliveryError("Slack refused an upload with \(response.status)", isRetryable: response.status == 408, isAboutContent: true)
        }
    }

    /// - Parameter url: Slack's.
    func read(_ url: String, isPage: Bool) async throws -> [UInt8] {
        try await FileReader(client: client).read(url, headers: ["authorization": "Bearer \(token.reveal())"], isPage: isPage)
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
