/// Bounds on what a provider may send, so that no answer can fill the memory.
public enum ModelLimits {
    /// One event of a stream. The largest seen in practice carry a whole tool call's arguments: some hundred KiB.
    public static let eventBytesMax = 4 << 20
    /// A whole streamed answer with its framing; an answer of 100,000 tokens takes about 25 MB as single-token events.
    public static let answerBytesMax = 64 << 20
    /// The body of an error; more is cut off.
    public static let errorBodyBytesMax = 64 << 10
    /// What a person is shown of a provider's own error message.
    public static let errorMessageCharactersMax = 500
    /// Connections kept to one HTTP/1 host. Each streaming answer holds one, and a low bound would make waiting for a free one
    /// look like a connect time-out.
    public static let connectionsPerHostMax = 256
    /// The longest that a connection is tried for, whatever a model's own time-out says: an attempt cannot be called off, and a
    /// shutdown waits for its end.
    public static let connectMax = Duration.seconds(15)
    /// What is believed of a provider's wish to be left alone.
    public static let retryAfterMax = Duration.seconds(60)
    /// Tokens of one answer where the provider demands a figure and the model's definition has none.
    public static let defaultMaxTokens = 8192
}
