import GRDB
import NightjarEngine

/// The scripts' `state` table: JSON text by key.
struct ScriptStateTable {
    let db: Database

    func load() throws -> [String: String] {
        var query = try Query(db, "SELECT key, value FROM script_state")
        var values: [String: String] = [:]
        while try query.step() { values[query.text()] = query.text() }
        return values
    }

    func save(_ changes: [String: String?]) throws {
        for (key, value) in changes {
            if let value {
                var query = try Query(
                    db, "INSERT INTO script_state VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
                query.bind(key)
                query.bind(value)
                try query.run()
            } else {
                var query = try Query(db, "DELETE FROM script_state WHERE key = ?")
                query.bind(key)
                try query.run()
            }
        }
    }
}
