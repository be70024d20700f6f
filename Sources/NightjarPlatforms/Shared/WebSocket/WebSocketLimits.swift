/// What a WebSocket connection may cost.
struct WebSocketLimits: Sendable {
    /// The largest message that is read, whole or in fragments. Discord describes a large server in a few megabytes; Slack comes nowhere near.
    var messageBytesMax = 16 << 20
    /// How many fragments a message may come in; nobody needs many, and each costs more than its bytes.
    var fragmentsMax = 4096
    /// From the beginning of the connection to the server's consent.
    var handshakeTimeout = Duration.seconds(15)
    /// How long the server may take to close the connection when it was told of the end.
    var closeTimeout = Duration.seconds(2)
    /// How often the server is asked for a sign of life. A connection that has brought nothing since the question before is given up.
    /// nil leaves that to the protocol on top.
    var pingPeriod: Duration?
}
