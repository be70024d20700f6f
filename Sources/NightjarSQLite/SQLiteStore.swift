import GRDB
public import Logging
public import NightjarEngine

/// The default store: one SQLite file, owned by one process.
///
/// A write has reached the disk when its method returns (`journal_mode=WAL`, `synchronous=FULL`); concurrent writes share
/// transactions. Reads run beside the writer and see every write whose method has returned.
public final class SQLiteStore: Store {
    let writer: GroupWriter
    let memory = WriterMemory()
    private let pool: DatabasePool
    private let lock: OwnerLock
    private let path: String
    private let logger: Logger

    /// Opens the store, and makes it if there is none. The file stays locked until ``close()`` or the end of the process.
    /// The call blocks for as long as the disk takes: some milliseconds, more after a crash.
    ///
    /// - Throws: ``StoreError``: `locked` when another process owns the file, `newerSchema` and `corrupt` when it is not for this
    ///   version or no store at all, `unavailable` when it cannot be opened or written.
    public convenience init(path: String, logger: Logger) throws {
        try self.init(path: path, logger: logger, configure: { _ in })
    }

    /// - Parameter configure: changes how connections are made; tests watch the statements this way.
    init(path: String, logger: Logger, configure: (inout Configuration) -> Void) throws {
        let path = try StoreFile.prepare(path)
        lock = try StoreFile.lock(path)
        var configuration = StoreFile.configuration
        configure(&configuration)
        pool = try StoreFile.open(path, configuration)
        writer = GroupWriter(pool, path: path, onRollback: memory.forget)
        self.path = path
        self.logger = logger
        logger.info("Store opened", metadata: ["store.path": "\(path)"])
    }

    /// Waits for the writes under way, copies the log into the file and lets it go.
    public func close() async throws {
        let isFirst = await writer.close { [logger, path] db in
            do {
                _ = try db.checkpoint(.truncate)
            } catch {
                // Nothing is lost: the log is read again at the next start.
                logger.warning("Store log not merged", metadata: ["store.path": "\(path)", "error": "\(error)"])
            }
        }
        guard isFirst else { return }
        defer { lock.release() }
        do {
            try pool.close()
        } catch {
            throw StoreError(error, path: path)
        }
        logger.info("Store closed", metadata: ["store.path": "\(path)"])
    }

    /// Reads a snapshot. Like a write it is done also when the calling task has been cancelled: what stops a task has to
    /// look at it.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        if writer.isClosed { throw StoreError.closed(path) }
        do {
            return try await withCheckedThrowingContinuation { caller in
                pool.asyncRead { connection in
                    caller.resume(with: Result { try body(try connection.get()) })
                }
            }
        } catch {
            throw writer.isClosed ? StoreError.closed(path) : StoreError(error, path: path)
        }
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await writer.write(body)
    }
}
