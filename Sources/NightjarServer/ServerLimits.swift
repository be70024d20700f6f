/// Bounds of the HTTP server.
public enum ServerLimits {
    /// A request's body in bytes; platforms send far less.
    public static let bodyBytesMax = 1 << 20
    /// All bodies that are being received together, in bytes: 256 of the largest.
    public static let bodiesBytesMax = 256 << 20
    /// How long a client may take to send one body.
    public static let bodyTimeout = Duration.seconds(30)
    /// How much of a body that is too large is read and thrown away, so that the client gets to see the answer; a larger one costs
    /// its connection.
    static let drainBytesMax = 16 << 20
    /// The longest `?wait=`: below the timeouts of common proxies. A longer one is refused.
    public static let waitMax = Duration.seconds(60)
    /// How long an event stream lasts before the client has to connect again.
    public static let streamMax = Duration.seconds(3600)
    /// How often an idle event stream sends a comment, so that proxies keep it open and a lost client is noticed.
    public static let keepAlivePeriod = Duration.seconds(15)
    /// How long a connection may be idle between requests, or in the middle of sending one.
    static let idleTimeout = Duration.seconds(75)
    /// Connections at once; more wait in the backlog of the socket.
    static let connectionsMax = 10_000
    /// Connections that may come at once, before they are accepted: one that finds no place waits a second for its next try. Systems cut
    /// it down to their own bound.
    static let backlogMax = 4096
    /// What a client shall wait before it tries again: a second for a busy engine, longer for a store that cannot write.
    static let retryAfterBusySeconds = 1
    static let retryAfterStoreSeconds = 5
    /// Tasks on a page that names no `limit`.
    static let pageSize = 100
    /// Tasks encoded in one piece of a long list.
    static let tasksPerPiece = 500
    /// The longest path of a local socket that every system takes, in bytes.
    static let socketPathBytesMax = 103
}
