import CLuaBridge

/// A value behind a lock of the system.
///
/// Not `Synchronization.Mutex`: on Linux that is made of futexes, which ThreadSanitizer does not see, and
/// threads are what this target has most to get right.
///
/// `@unchecked`: the value is only touched while the lock is held.
final class Locked<Value>: @unchecked Sendable {
    private var value: Value
    private let lock = nj_lock_create()

    init(_ value: sending Value) { self.value = value }

    deinit { nj_lock_destroy(lock) }

    func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        nj_lock_acquire(lock)
        defer { nj_lock_release(lock) }
        return try body(&value)
    }
}
