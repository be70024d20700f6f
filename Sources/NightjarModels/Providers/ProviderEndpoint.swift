import Foundation
import NightjarEngine

/// The address of a provider's one operation, worked out from a base URL as people write it.
struct ProviderEndpoint: Sendable, Equatable {
    /// Where requests go.
    let url: String
    /// Scheme, host and port: what most error messages show.
    let origin: String
    /// The base URL without its query, for who has to correct it.
    let base: String
    let host: String

    /// - Parameters:
    ///   - version: the path segment that the operation stands under: `v1`.
    ///   - operation: the rest of the path: `chat/completions`.
    ///   - requiresVersion: whether a path that does not end in the version gets it appended. Otherwise only an empty path
    ///     does, since compatible servers have longer ones of their own.
    init(baseURL: String, version: String, operation: String, requiresVersion: Bool) throws(ModelConfigurationError) {
        guard var components = URLComponents(string: baseURL), let scheme = components.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = components.host, !host.isEmpty
        else {
            throw ModelConfigurationError(
                key: "base_url", message: "base_url must be an http or https address, like \"https://host/v1\"")
        }
        guard components.user == nil, components.password == nil else {
            throw ModelConfigurationError(key: "base_url", message: "base_url must not hold a password; use api_key or headers")
        }
        origin = "\(scheme)://\(host)" + (components.port.map { ":\($0)" } ?? "")
        base = origin + components.percentEncodedPath
        var segments = components.path.split(separator: "/").map(String.init)
        let operationSegments = operation.split(separator: "/").map(String.init)
        if !segments.ends(with: operationSegments) {
            if segments.isEmpty || (requiresVersion && segments.last != version) { segments.append(version) }
            segments += operationSegments
        }
        components.path = "/" + segments.joined(separator: "/")
        components.fragment = nil
        guard let url = components.string else {
            throw ModelConfigurationError(key: "base_url", message: "base_url is not an address: check its path")
        }
        self.url = url
        self.host = host
    }
}

extension [String] {
    fileprivate func ends(with tail: [String]) -> Bool {
        suffix(tail.count).elementsEqual(tail)
    }
}
