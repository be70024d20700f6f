/// Who may use something, and where. An empty list admits everyone.
public struct AllowList: Sendable, Equatable {
    /// User keys such as `slack:U123`; a `*` at the end admits all that begin so.
    public var users: [String]
    /// Channels such as `#ops` or `slack:#ops`; `*` as above.
    public var channels: [String]

    public init(users: [String] = [], channels: [String] = []) {
        self.users = users
        self.channels = channels
    }

    public func admits(_ address: Address) -> Bool {
        (users.isEmpty || users.contains { Self.matches($0, address.userKey) })
            && (channels.isEmpty
                || channels.contains {
                    Self.matches($0, address.channel) || Self.matches($0, "\(address.platform):\(address.channel)")
                })
    }

    /// - Parameter pattern: a whole name, or the beginning of one followed by `*`.
    public static func matches(_ pattern: String, _ name: String) -> Bool {
        pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : name == pattern
    }
}
