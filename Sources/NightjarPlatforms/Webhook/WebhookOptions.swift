import Foundation
public import NightjarEngine

/// A `platform "webhook" { … }` declaration, read: where it listens and what it asks of a sender.
public struct WebhookOptions: Sendable, Equatable {
    public static let defaultPath = "/webhooks/generic"
    /// Begins a secret of Standard Webhooks; the key in base64 follows.
    static let standardPrefix = "whsec_"
    /// Paths of the server itself.
    private static let reserved = ["/api", "/healthz", "/readyz", "/metrics"]

    public var path: String
    /// Signs requests. The text as it is keys GitHub's signature.
    public var secret: Secret?
    /// The bearer token that may stand for a signature.
    public var token: Secret?
    /// What keys the signature of Standard Webhooks.
    var standardKey: [UInt8]?

    /// - Throws: ``PlatformOptionsError``
    public init(_ definition: PlatformDefinition) throws(PlatformOptionsError) {
        try self.init(
            path: definition.string("path") ?? Self.defaultPath, secret: definition.secret("secret"), token: definition.secret("token"))
    }

    /// What `on_webhook` declares.
    /// - Throws: ``PlatformOptionsError``
    public init(_ trigger: RequestTriggerDefinition) throws(PlatformOptionsError) {
        try self.init(path: trigger.path, secret: trigger.secret, token: trigger.token)
        guard !path.hasPrefix("/webhooks/") else {
            throw PlatformOptionsError("the path \"\(path)\" is taken: platforms listen at /webhooks")
        }
    }

    private init(path: String, secret: Secret?, token: Secret?) throws(PlatformOptionsError) {
        self.path = path
        self.secret = secret
        self.token = token
        try Self.check(path)
        standardKey = try secret.map { secret throws(PlatformOptionsError) in try Self.standardKey(secret) }
        if let token, token.isEmpty { throw PlatformOptionsError("the webhook's token is empty") }
    }

    /// Whether anybody who can reach the port may send. Such a webhook belongs on a loopback address only.
    public var isOpen: Bool { secret == nil && token == nil }

    private static func check(_ path: String) throws(PlatformOptionsError) {
        guard path.hasPrefix("/"), path != "/", !path.contains(where: { "?#% ".contains($0) }) else {
            throw PlatformOptionsError("the webhook's path \"\(path)\" must be like \"\(defaultPath)\"")
        }
        if let taken = reserved.first(where: { path == $0 || path.hasPrefix($0 + "/") }) {
            throw PlatformOptionsError("the webhook's path \"\(path)\" is taken: the server itself answers at \(taken)")
        }
    }

    private static func standardKey(_ secret: Secret) throws(PlatformOptionsError) -> [UInt8] {
        guard !secret.isEmpty else { throw PlatformOptionsError("the webhook's secret is empty") }
        let text = secret.reveal()
        guard text.hasPrefix(standardPrefix) else { return Array(text.utf8) }
        guard let key = Data(base64Encoded: String(text.dropFirst(standardPrefix.count))), !key.isEmpty else {
            throw PlatformOptionsError("the webhook's secret begins with \(standardPrefix), but what follows is no base64")
        }
        return Array(key)
    }
}
