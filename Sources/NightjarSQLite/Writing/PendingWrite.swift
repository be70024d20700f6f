import GRDB
import NightjarEngine

/// A caller's write that waits for its transaction.
struct PendingWrite: Sendable {
    /// Does the work. What it returns hands the result to the caller, and is called after the commit.
    let run: @Sendable (Database) throws -> @Sendable () -> Void
    /// Tells the caller that nothing was written.
    let fail: @Sendable (StoreError) -> Void

    /// - Parameter body: may be run a second time, when its group was rolled back for another's sake.
    init<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value, resuming caller: CheckedContinuation<Value, any Error>
    ) {
        run = { db in
            let value = try body(db)
            return { caller.resume(returning: value) }
        }
        fail = { caller.resume(throwing: $0) }
    }
}
