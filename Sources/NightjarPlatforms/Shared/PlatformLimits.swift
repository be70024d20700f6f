/// Bounds of all platforms.
enum PlatformLimits {
    /// Connections at once to one host over HTTP/1. Requests beyond it wait in the client, where they would time out as if the host could
    /// not be reached.
    static let connectionsPerHostMax = 64
}
