/// What a platform can do; the engine keeps to it.
public struct PlatformCapabilities: Sendable, Equatable {
    /// Command prefixes that need no configuration.
    public var prefixes: [String]
    /// Whether replies are sent out, or kept with their message until somebody reads them there.
    public var keepsReplies: Bool
    /// Whether people can be shown that an answer is being worked on.
    public var showsActivity: Bool
    /// Whether people are shown that an answer is awaited from when a message is taken until there is one.
    public var awaitsAnswers: Bool
    /// Buttons that a message can carry; 0 where choices are answered by their numbers.
    public var buttonsMax: Int
    /// For how long the platform itself recognises a message that is sent twice under the same key, so that a crash in between shows
    /// nobody a second one; nil where it does not.
    public var keyLifetime: Duration?
    /// Bytes of a file that can be sent; 0 where none can.
    public var fileBytesMax: Int
    /// Messages that one answer may take; a longer one is sent as its beginning and a file with all of it. nil sets no bound.
    public var partsMax: Int?

    public init(
        prefixes: [String] = ["/"], keepsReplies: Bool = false, showsActivity: Bool = false, awaitsAnswers: Bool = false, buttonsMax: Int = 0,
        keyLifetime: Duration? = nil, fileBytesMax: Int = 0, partsMax: Int? = nil
    ) {
        self.prefixes = prefixes
        self.keepsReplies = keepsReplies
        self.showsActivity = showsActivity
        self.awaitsAnswers = awaitsAnswers
        self.buttonsMax = buttonsMax
        self.keyLifetime = keyLifetime
        self.fileBytesMax = fileBytesMax
        self.partsMax = partsMax
    }
}
