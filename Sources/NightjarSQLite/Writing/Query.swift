import GRDB
import GRDBSQLite
import NightjarEngine

/// One use of a prepared statement: bind the arguments from left to right, step, read the columns from left to right.
///
/// The statement comes from the connection's cache and goes back clean. It speaks to SQLite itself: a task's life takes more
/// than ten statements with some hundred values, and boxing each of them would cost more than SQLite does. Text is bound and
/// read by its length, so it may hold NUL. GRDB's observers do not see what is written this way.
struct Query: ~Copyable {
    private let statement: Statement
    private let handle: OpaquePointer
    private var arguments: CInt = 0
    private var column: CInt = 0
    private var bindingError: CInt = SQLITE_OK

    /// SQLite copies what is bound.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

    /// - Parameter sql: one statement; the same text is compiled once per connection.
    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
        handle = statement.sqliteStatement
    }

    deinit {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    // MARK: Arguments

    mutating func bind(_ value: Int64?) {
        arguments += 1
        guard let value else { return }
        check(sqlite3_bind_int64(handle, arguments, value))
    }

    mutating func bind(_ value: Int) {
        bind(Int64(value))
    }

    mutating func bind(_ value: Timestamp?) {
        bind(value?.milliseconds)
    }

    mutating func bind(_ value: String?) {
        arguments += 1
        guard var value else { return }
        let code = value.withUTF8 { bytes in
            // An empty buffer may have no address, which SQLite would take for NULL.
            guard let address = bytes.baseAddress else { return sqlite3_bind_text(handle, arguments, "", 0, Self.copied) }
            return address.withMemoryRebound(to: CChar.self, capacity: bytes.count) { characters in
                sqlite3_bind_text64(
                    handle, arguments, characters, UInt64(bytes.count), Self.copied, UInt8(SQLITE_UTF8))
            }
        }
        check(code)
    }

    private mutating func check(_ code: CInt) {
        if bindingError == SQLITE_OK { bindingError = code }
    }

    // MARK: Stepping

    /// Moves to the next row.
    /// - Returns: false when there is none.
    mutating func step() throws -> Bool {
        guard bindingError == SQLITE_OK else { throw failure(bindingError) }
        column = 0
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    /// Runs a statement that gives no rows.
    consuming func run() throws {
        while try step() {}
    }

    private func failure(_ code: CInt) -> DatabaseError {
        let connection = sqlite3_db_handle(handle)
        let extended = sqlite3_extended_errcode(connection)
        // The connection's own code says more than the step's, unless it tells of another call.
        let resultCode = extended & 0xff == code & 0xff ? extended : code
        return DatabaseError(
            resultCode: ResultCode(rawValue: resultCode), message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }

    // MARK: Columns

    mutating func integer() -> Int64 {
        defer { column += 1 }
        return sqlite3_column_int64(handle, column)
    }

    mutating func optionalInteger() -> Int64? {
        let isNull = sqlite3_column_type(handle, column) == SQLITE_NULL
        let value = integer()
        return isNull ? nil : value
    }

    mutating func timestamp() -> Timestamp {
        Timestamp(milliseconds: integer())
    }

    mutating func optionalTimestamp() -> Timestamp? {
        optionalInteger().map(Timestamp.init(milliseconds:))
    }

    mutating func text() -> String {
        optionalText() ?? ""
    }

    mutating func optionalText() -> String? {
        defer { column += 1 }
        guard let characters = sqlite3_column_text(handle, column) else { return nil }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: characters, count: count), as: UTF8.self)
    }
}
