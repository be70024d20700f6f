import GRDB
import NightjarEngine

/// Enumerations are stored as their words, so that a person can read the tables.
enum StoredWord {
    /// - Throws: `DatabaseError` when no such word exists: then somebody else has written into the file.
    static func read<Value: RawRepresentable>(_ word: Value.RawValue) throws -> Value {
        guard let value = Value(rawValue: word) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "unknown \(Value.self) “\(word)”")
        }
        return value
    }
}
