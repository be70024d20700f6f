import Synchronization

/// Whether something that happens once has happened.
final class CallState: Sendable {
    private let called = Mutex(false)

    var isCalled: Bool { called.withLock { $0 } }

    /// - Returns: whether this was the first time.
    func call() -> Bool {
        called.withLock { called in
            defer { called = true }
            return !called
        }
    }
}
