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

    /// - Parameter isLoopback: nil decides it by the host.
    public init(
        host: String = "127.0.0.1", port: Int = 8080, isLoopback: Bool? = nil, socketPath: String? = nil,
        keepAlivePeriod: Duration = ServerLimits.keepAlivePeriod
    ) {
        self.host = host
        self.port = port
        self.isLoopback = isLoopback ?? LoopbackNames.contains(host[...])
        self.socketPath = socketPath
        self.keepAlivePeriod = keepAlivePeriod
    }
}
