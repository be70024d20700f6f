import Dispatch
import GRDB
import NightjarEngine
import Synchronization

/// The only writer of a store. Whatever waits when a transaction begins goes into it together (group commit), so that concurrent
/// callers share the wait for the disk.
///
/// Writes are made in the order they were asked for, on the pool's own serial queue and never on a thread of the Swift pool.
/// A caller is resumed only after the commit. An operation that fails takes no other with it: the group is rolled back and run
/// again with a savepoint around each. When the file or the disk fails, all of the group fail and nothing of it is written;
/// the next group is tried again, since the disk may have space by then.
final class GroupWriter: Sendable {
    private struct State {
        var waiting: [PendingWrite] = []
        var isDraining = false
        var isClosed = false
    }

    private let pool: DatabasePool
    private let path: String
    private let onRollback: @Sendable () -> Void
    private let state = Mutex(State())
    /// Where callers are woken, so that the writer need not wait for that.
    private let waking = DispatchQueue(label: "nightjar.store.waking")

    /// - Parameter onRollback: called inside the writer whenever something that a write did was undone.
    init(_ pool: DatabasePool, path: String, onRollback: @escaping @Sendable () -> Void) {
        self.pool = pool
        self.path = path
        self.onRollback = onRollback
    }

    var isClosed: Bool { state.withLock(\.isClosed) }

    /// Writes that wait for the next transaction.
    var waitingCount: Int { state.withLock(\.waiting.count) }

    /// Runs `body` in a transaction and returns after the commit, also when the calling task has been cancelled meanwhile.
    /// - Throws: ``StoreError``; then nothing was written.
    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { caller in
            let write = PendingWrite(body, resuming: caller)
            let mustStart: Bool? = state.withLock { state in
                guard !state.isClosed else { return nil }
                state.waiting.append(write)
                defer { state.isDraining = true }
                return !state.isDraining
            }
            guard let mustStart else { return write.fail(.closed(path)) }
            if mustStart { pool.asyncWriteWithoutTransaction { db in self.drain(db) } }
        }
    }

    /// Refuses further writes and returns when all before are done, and after them `last`.
    /// - Returns: false when it was closed already.
    func close(_ last: @escaping @Sendable (Database) -> Void) async -> Bool {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        guard isFirst else { return false }
        // The queue is serial: this runs when the last group has been written.
        await withCheckedContinuation { done in
            pool.asyncWriteWithoutTransaction { db in
                last(db)
                done.resume()
            }
        }
        return true
    }

    private func drain(_ db: Database) {
        while let group = nextGroup() { commit(group, db) }
    }

    private func nextGroup() -> [PendingWrite]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            guard state.waiting.count > SQLiteLimits.groupSizeMax else {
                defer { state.waiting.removeAll(keepingCapacity: true) }
                return state.waiting
            }
            defer { state.waiting.removeFirst(SQLiteLimits.groupSizeMax) }
            return Array(state.waiting.prefix(SQLiteLimits.groupSizeMax))
        }
    }

    private func commit(_ group: [PendingWrite], _ db: Database) {
        do {
            var settle: [@Sendable () -> Void]
            do {
                settle = try transaction(db) { try group.map { try $0.run(db) } }
            } catch  where StoreError.isOfOneOperation(error) {
                settle = try transaction(db) { try group.map { try runApart($0, db) } }
            }
            wake(settle)
        } catch {
            let failure = StoreError(error, path: path)
            for write in group { write.fail(failure) }
        }
    }

    private func wake(_ settle: [@Sendable () -> Void]) {
        guard settle.count > SQLiteLimits.wokenByWriterMax else {
            for resume in settle { resume() }
            return
        }
        waking.async { for resume in settle { resume() } }
    }

    private func transaction<Value>(_ db: Database, _ body: () throws -> Value) throws -> Value {
        do {
            // Prepared once: GRDB's own `beginTransaction` and `commit` compile their statements every time.
            try db.cachedStatement(sql: "BEGIN IMMEDIATE TRANSACTION").execute()
            let value = try body()
            try db.cachedStatement(sql: "COMMIT TRANSACTION").execute()
            return value
        } catch {
            onRollback()
            // SQLite may have rolled back by itself; then this does nothing. The first error is the one to tell of.
            try? db.rollback()
            throw error
        }
    }

    /// Runs one write so that its failure undoes only itself.
    private func runApart(_ write: PendingWrite, _ db: Database) throws -> @Sendable () -> Void {
        var settle: @Sendable () -> Void = {}
        do {
            try db.inSavepoint {
                settle = try write.run(db)
                return .commit
            }
        } catch  where StoreError.isOfOneOperation(error) {
            onRollback()
            let failure = StoreError(error, path: path)
            return { write.fail(failure) }
        }
        return settle
    }
}
