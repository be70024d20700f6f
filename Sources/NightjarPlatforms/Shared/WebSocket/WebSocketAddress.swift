import Foundation

/// A `ws:` or `wss:` address, taken apart.
struct WebSocketAddress: Sendable, Equatable {
    var isSecure: Bool
    var host: String
    var port: Int
    /// The path with the query, as the request names it; may hold a ticket.
    var target: String

    /// - Throws: ``WebSocketError``
    init(_ text: String) throws(WebSocketError) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), ["ws", "wss"].contains(scheme),
            let host = parts.host, !host.isEmpty, parts.user == nil, parts.password == nil
        else { throw WebSocketError(.invalidAddress, "the server's address is no ws or wss address") }
        isSecure = scheme == "wss"
        // An IPv6 address stands in brackets in addresses, and nowhere else.
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? (isSecure ? 443 : 80)
        let path = parts.percentEncodedPath
        target = (path.isEmpty ? "/" : path) + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
    }

    /// As the `Host` header names it.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }
}
