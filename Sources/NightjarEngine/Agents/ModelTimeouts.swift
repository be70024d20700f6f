/// How long a model may keep us waiting, per request.
public struct ModelTimeouts: Sendable, Equatable {
    /// For the name look-up, the connection and the TLS handshake together.
    public var connect: Duration
    /// From the request to the first byte of the answer's body.
    public var firstByte: Duration
    /// From one chunk of the answer to the next; a provider's keep-alive comments and pings count.
    public var betweenChunks: Duration
    /// For the whole answer, what the reader of the text takes included.
    public var whole: Duration

    /// The defaults leave time for a long prompt to be read and a long answer to be written.
    public init(
        connect: Duration = .seconds(10), firstByte: Duration = .seconds(60), betweenChunks: Duration = .seconds(60),
        whole: Duration = .seconds(600)
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.betweenChunks = betweenChunks
        self.whole = whole
    }
}
