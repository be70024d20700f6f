/// Where the server listens.
public struct NightjarServerConfiguration: Sendable {
    public var host: String
    /// 0 lets the system choose; ``NightjarServer`` tells which it was.
    public var port: Int
    /// Whether only this machine reaches ``host``: then the API needs no token, and a webhook no secret.
    public var isLoopback: Bool
    /// Where `nightjar reload` and its like reach this process; nil opens no local socket.
    public var socketPath: String?
    /// How often an idle event stream sends a comment.
    public var keepAlivePeriod: Duration
    /// How long a client may take to send one body.
    public var bodyTimeout: Duration
    /// How much memory all bodies that are being received may take together.
    public var bodiesBytesMax: Int

    /// - Parameter isLoopback: nil decides it by the host.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, isLoopback: Bool? = nil, socketPath: String? = nil,
        keepAlivePeriod: Duration = ServerLimits.keepAlivePeriod, bodyTimeout: Duration = ServerLimits.bodyTimeout,
        bodiesBytesMax: Int = ServerLimits.bodiesBytesMax
    ) {
        self.host = host
        self.port = port
        self.isLoopback = isLoopback ?? LoopbackNames.contains(host[...])
        self.socketPath = socketPath
        self.keepAlivePeriod = keepAlivePeriod
        self.bodyTimeout = bodyTimeout
        self.bodiesBytesMax = bodiesBytesMax
    }
}
