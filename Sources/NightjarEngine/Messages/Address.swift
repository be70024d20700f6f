/// Where a message comes from, and where its answers go.
public struct Address: Hashable, Codable, Sendable {
    /// The platform's name: `slack`, `webhook`, `terminal`, …
    public var platform: String
    public var channel: String
    public var thread: String?
    /// The person, named as the platform names them; a trigger is `trigger:<name>`.
    public var user: String

    public init(platform: String, channel: String, thread: String? = nil, user: String) {
        self.platform = platform
        self.channel = channel
        self.thread = thread
        self.user = user
    }

    /// Whether it is a trigger's, and nobody's in person.
    var isTrigger: Bool { user.hasPrefix(Self.triggerPrefix) }

    static let triggerPrefix = "trigger:"

    /// The person across platforms, as quotas and allow-lists name them: `slack:U123`.
    public var userKey: String { "\(platform):\(user)" }
}
