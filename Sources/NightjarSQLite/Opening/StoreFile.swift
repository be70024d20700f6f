import Foundation
import GRDB
import NightjarEngine

/// How a store's file is opened: is it ours, is it of our time, and are its tables there.
enum StoreFile {
    /// The path without symbolic links, so that two names of one file find the same lock. Its folder is made if need be.
    static func prepare(_ path: String) throws -> String {
        let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        do {
            try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        } catch {
            throw StoreError.unavailable(path, FileFailure.reason(error), error)
        }
        var isDirectory: ObjCBool = false
        if FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory), isDirectory.boolValue {
            throw StoreError.unavailable(path, "it is a folder")
        }
        return url.path
    }

    /// - Throws: ``StoreError`` with ``StoreError/Code/locked`` when another process, or this one, owns the store already.
    static func lock(_ path: String) throws -> OwnerLock {
        do throws(OwnerLock.Failure) {
            return try OwnerLock(path: path + ".lock")
        } catch {
            switch error {
            case .held(let owner): throw StoreError.locked(path, owner: owner)
            case .unavailable(let reason): throw StoreError.unavailable(path, reason)
            }
        }
    }

    /// Opens the file for one writer and a few readers, with its tables up to date.
    static func open(_ path: String, _ configuration: Configuration) throws -> DatabasePool {
        do {
            try checkIsOurs(path, configuration)
            let pool = try DatabasePool(path: path, configuration: configuration)
            // Before the first table, so that a file which a crash left half made is known as ours.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = \(Schema.applicationID)") }
            try Schema.migrator.migrate(pool)
            try pool.writeWithoutTransaction { db in
                // The pool has set NORMAL, which may lose the last commits with the power.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.execute(sql: "PRAGMA wal_autocheckpoint = \(SQLiteLimits.checkpointPages)")
            }
            return pool
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Looks before anything is changed: a foreign file must stay as it is.
    private static func checkIsOurs(_ path: String, _ configuration: Configuration) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        try queue.read { db in
            let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
            guard tables > 0 else { return }
            let owner = try Int32.fetchOne(db, sql: "PRAGMA application_id")
            guard owner == Schema.applicationID else {
                throw StoreError.corrupt(path, "it belongs to another program")
            }
            if try Schema.migrator.hasBeenSuperseded(db) { throw StoreError.newerSchema(path) }
        }
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "nightjar.store"
        configuration.foreignKeysEnabled = false
        configuration.busyMode = .timeout(SQLiteLimits.foreignLockWaitSeconds)
        configuration.maximumReaderCount = SQLiteLimits.readersMax
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -\(SQLiteLimits.cacheKiB)")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }
}
