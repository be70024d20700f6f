import Synchronization

/// A permit for a task that may start while it is stored: taken at the last moment, so that no place stays empty while the store is
/// busy with others.
final class PermitOnDemand: Sendable {
    private let permit = Mutex<AsyncSemaphore.Permit?>(nil)
    private let acquire: @Sendable () -> AsyncSemaphore.Permit?

    init(acquire: @escaping @Sendable () -> AsyncSemaphore.Permit?) {
        self.acquire = acquire
    }

    /// Takes a permit if one is free; further calls keep the first.
    func take() -> Bool {
        permit.withLock { permit in
            permit = permit ?? acquire()
            return permit != nil
        }
    }

    /// - Returns: the permit, which is the caller's from now on; nil when none was taken.
    func keep() -> AsyncSemaphore.Permit? {
        permit.withLock { permit in
            defer { permit = nil }
            return permit
        }
    }
}
