import Foundation
import NIOHTTP1
import NightjarEngine

/// Fetches the bytes of a file that came with a message.
struct FileReader: Sendable {
    let client: VendorClient
    private static let timeout = Duration.seconds(60)

    /// - Parameters:
    ///   - url: never shown, since it may hold a ticket.
    ///   - isPage: whether a web page is a file here; elsewhere it is the vendor's way to say that somebody should log in.
    /// - Throws: ``DeliveryError``, `CancellationError`.
    func read(_ url: String, headers: HTTPHeaders = [:], isPage: Bool = true) async throws -> [UInt8] {
        let response = try await client.send(
            VendorRequest(
                method: .GET, url: url, label: "a file", headers: headers, timeout: Self.timeout,
                answerBytesMax: FileLimits.readBytesMax))
        guard (200..<300).contains(response.status) else {
            throw DeliveryError("\(client.vendor) does not give it (\(response.status))", isRetryable: false)
        }
        if !isPage, response.headers.first(name: "content-type")?.hasPrefix("text/html") == true {
            throw DeliveryError(
                "\(client.vendor) gave a page in place of it; does the token have the right to read files?", isRetryable: false)
        }
        return response.body
    }

    /// Whether an address is one of these hosts or below, or the one that the platform's API has.
    static func isKnown(_ url: String, hosts: [String], api: String) -> Bool {
        guard let parts = URLComponents(string: url), let host = parts.host?.lowercased(), parts.user == nil else {
            return false
        }
        if parts.scheme == "https", parts.port == nil, hosts.contains(where: { host == $0 || host.hasSuffix("." + $0) }) {
            return true
        }
        guard let own = URLComponents(string: api) else { return false }
        return parts.scheme == own.scheme && host == own.host?.lowercased() && parts.port == own.port
    }
}
