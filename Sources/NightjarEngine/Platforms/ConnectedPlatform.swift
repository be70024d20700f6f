/// A platform with work of its own beside sending: a socket that it keeps open, a server that it asks for news, commands that it
/// registers.
public protocol ConnectedPlatform: Platform {
    /// Works until the task is cancelled; connections that break are for it to renew.
    /// - Throws: what it cannot get over by itself; it is then started again, after a pause that grows.
    func run(_ inlet: PlatformInlet) async throws
}
