import Synchronization

/// Whether the heartbeats of a connection are heard.
final class DiscordPulse: Sendable {
    private let isHeard = Mutex(true)

    func acknowledged() { isHeard.withLock { $0 = true } }

    /// - Returns: whether the one before was heard.
    func beat() -> Bool {
        isHeard.withLock { isHeard in
            defer { isHeard = false }
            return isHeard
        }
    }
}
