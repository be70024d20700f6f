import Synchronization

/// Keys of what is half done. All of it may be forgotten: that costs a repetition.
final class RecentKeys: Sendable {
    private let max: Int
    private let keys = Mutex<Set<String>>([])

    /// - Parameter max: how many are remembered; those that were given up stay behind.
    init(max: Int) {
        self.max = max
    }

    /// - Returns: false when it is there already.
    func insert(_ key: String) -> Bool {
        keys.withLock { keys in
            if keys.count >= max { keys.removeAll() }
            return keys.insert(key).inserted
        }
    }

    func contains(_ key: String) -> Bool { keys.withLock { $0.contains(key) } }

    func remove(_ key: String) { keys.withLock { _ = $0.remove(key) } }
}
