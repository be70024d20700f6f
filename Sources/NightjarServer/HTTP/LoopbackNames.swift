import Foundation

/// Names by which this machine calls itself.
///
/// A page in a browser can make its own host name resolve to 127.0.0.1 (DNS rebinding) and so reach a server that trusts the
/// machine; the `Host` and `Origin` headers then still name the page's host.
enum LoopbackNames {
    /// - Parameter host: a host without a port, IPv6 with or without brackets.
    static func contains(_ host: Substring) -> Bool {
        // Nearly every request names one of these, just so.
        if host == "127.0.0.1" || host == "localhost" { return true }
        let host = host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// - Parameter authority: the `Host` header: a host with or without a port.
    static func containsAuthority(_ authority: String) -> Bool {
        contains(host(of: authority[...]))
    }

    /// - Parameter origin: the `Origin` header: `http://localhost:8080`, or `null`.
    static func containsOrigin(_ origin: String) -> Bool {
        guard let slashes = origin.range(of: "://"), ["http", "https"].contains(origin[..<slashes.lowerBound]) else { return false }
        return contains(host(of: origin[slashes.upperBound...]))
    }

    private static func host(of authority: Substring) -> Substring {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return authority[...end] }
        return authority.prefix { $0 != ":" }
    }
}
