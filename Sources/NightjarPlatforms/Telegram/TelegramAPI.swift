import Foundation
import NightjarEngine

/// Calls of Telegram's Bot API: https://core.telegram.org/bots/api.
///
/// The token is part of every address, so no address is ever shown, and what others say is searched for it.
struct TelegramAPI: Sendable {
    private let client: VendorClient
    private let baseURL: String
    private let token: Secret
    let timeouts: TelegramTimeouts

    init(_ options: TelegramOptions, client: VendorClient, timeouts: TelegramTimeouts = TelegramTimeouts()) {
        self.client = client
        self.timeouts = timeouts
        baseURL = options.apiURL
        token = options.botToken
    }

    /// - Parameter timeout: nil is that of most calls.
    /// - Returns: nil when Telegram did it, and said something else of it than was expected.
    /// - Throws: ``TelegramFailure`` when Telegram refuses; ``DeliveryError`` when it cannot be reached, or is not Telegram;
    ///   `CancellationError`.
    @discardableResult
    func call<Content: Decodable & Sendable>(
        _ method: String, _ parameters: [String: JSONValue] = [:], returning: Content.Type = JSONValue.self,
        file: OutboundFile? = nil, timeout: Duration? = nil
    ) async throws -> Content? {
        let response = try await client.execute(
            VendorRequest(
                url: "\(baseURL)/bot\(token.reveal())/\(method)", label: method,
                body: file.map { Self.form(parameters, $0).body } ?? .json(.object(parameters)),
                timeout: timeout ?? timeouts.call))
        guard let answer = try? JSONDecoder().decode(TelegramAnswer<Content>.self, from: Data(response.body)) else {
            // A proxy's page, or half an answer.
            throw DeliveryError(
                "\(client.vendor) answered \(method) with \(response.status) and something that is not of its API", isRetryable: true,
                retryAfter: response.retryAfter)
        }
        if answer.isOK { return answer.result }
        throw TelegramFailure(
            method: method, status: response.status, says: hidingToken(answer.description),
            migratedTo: answer.parameters?.migrateToChatID, retryAfter: wish(answer.parameters?.retryAfter) ?? response.retryAfter)
    }

    /// A file needs a form: https://core.telegram.org/bots/api#sending-files. Texts are fields as they are, all else as JSON.
    private static func form(_ parameters: [String: JSONValue], _ file: OutboundFile) -> MultipartForm {
        let fields = parameters.sorted { $0.key < $1.key }.map { name, value in
            (name: name, value: value.string ?? value.text, type: String?.none)
        }
        return MultipartForm(fields: fields, fileField: "document", file: file)
    }

    /// Reads a file: https://core.telegram.org/bots/api#getfile.
    func read(_ id: String) async throws -> [UInt8] {
        struct Place: Decodable, Sendable {
            var file_path: String?
        }
        guard let path = try await call("getFile", ["file_id": .string(id)], returning: Place.self)?.file_path else {
            throw DeliveryError("Telegram does not say where it is", isRetryable: true)
        }
        return try await FileReader(client: client).read("\(baseURL)/file/bot\(token.reveal())/\(path)")
    }

    private func wish(_ seconds: Double?) -> Duration? {
        guard let seconds, seconds >= 0 else { return nil }
        return .seconds(min(seconds, VendorResponse.retryAfterSecondsMax))
    }

    private func hidingToken(_ text: String) -> String {
        text.replacing(token.reveal(), with: "\(token)")
    }
}
