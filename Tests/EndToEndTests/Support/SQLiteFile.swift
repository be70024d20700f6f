import GRDB

/// Changes a store from outside.
enum SQLiteFile {
    /// Leaves it as a later version of the engine would, which knows one more migration.
    static func pretendNewerVersion(of path: String) throws {
        let database = try DatabaseQueue(path: path)
        try database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('a migration of a later version')") }
        try database.close()
    }
}
