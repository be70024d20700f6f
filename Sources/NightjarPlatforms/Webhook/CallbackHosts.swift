import Foundation

/// Where callbacks may go: `settings.callback_hosts`.
///
/// An entry is a host (any port), a host with its port, or `*.` and a domain, which stands for every host below it.
public struct CallbackHosts: Sendable, Equatable {
    private let entries: [String]

    public init(_ entries: [String]) {
        self.entries = entries.map { $0.lowercased() }
    }

    /// - Returns: why a callback may not go there; nil when it may.
    public func refusal(of url: String) -> String? {
        guard let parts = URLComponents(string: url), let host = parts.host?.lowercased(), !host.isEmpty,
            parts.scheme == "http" || parts.scheme == "https"
        else { return "\"callback_url\" must be a whole http or https address" }
        guard parts.user == nil, parts.password == nil else { return "\"callback_url\" must not carry a user or a password" }
        let port = parts.port ?? (parts.scheme == "https" ? 443 : 80)
        guard entries.contains(where: { Self.matches($0, host, port) }) else {
            return "\"callback_url\" names the host \(host), which is not in settings.callback_hosts"
        }
        return nil
    }

    private static func matches(_ entry: String, _ host: String, _ port: Int) -> Bool {
        if entry.hasPrefix("*.") { return host.hasSuffix(entry.dropFirst()) && host.count >= entry.count }
        return entry == host || entry == "\(host):\(port)"
    }
}
