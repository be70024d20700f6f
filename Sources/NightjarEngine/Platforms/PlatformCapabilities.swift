/// What a platform can do; the engine keeps to it.
public struct PlatformCapabilities: Sendable, Equatable {
    /// Command prefixes that need no configuration.
    public var prefixes: [String]
    /// Whether replies are sent out, or kept with their message until somebody reads them there.
    public var keepsReplies: Bool

    public init(prefixes: [String] = ["/"], keepsReplies: Bool = false) {
        self.prefixes = prefixes
        self.keepsReplies = keepsReplies
    }
}
