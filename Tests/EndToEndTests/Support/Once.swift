import Synchronization

/// Something that may be had once.
final class Once: Sendable {
    private let isTaken = Mutex(false)

    /// - Returns: whether this was the first time.
    func take() -> Bool {
        isTaken.withLock { isTaken in
            defer { isTaken = true }
            return !isTaken
        }
    }
}
