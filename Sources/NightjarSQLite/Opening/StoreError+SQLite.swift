import Foundation
import GRDB
import NightjarEngine

extension StoreError {
    /// What an error means to a person. A ``StoreError`` stays as it is.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StoreError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        case is DecodingError: self = .corrupt(path, "a stored value cannot be read: \(error)", error)
        default: self = .refused("The store \(path) refused a write: \(error).", error)
        }
    }

    private init(_ error: DatabaseError, path: String) {
        let reason = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_FULL, .SQLITE_IOERR:
            self = StoreError(
                .full,
                "The disk refuses to write to the store \(path): \(reason). Free some space; "
                    + "nothing that was acknowledged is lost.",
                underlying: error)
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            self = .corrupt(path, reason, error)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .locked(path, owner: nil, error)
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG:
            self = .refused("The store \(path) refused a write: \(reason).", error)
        default:
            self = .unavailable(path, reason, error)
        }
    }

    /// Whether an error is the fault of one operation, so that others in the same transaction may go on.
    static func isOfOneOperation(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return true }
        return switch error.resultCode {
        case .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_TOOBIG, .SQLITE_ERROR: true
        default: false
        }
    }

    static func refused(_ message: String, _ underlying: any Error) -> StoreError {
        StoreError(.refused, message, underlying: underlying)
    }

    static func closed(_ path: String) -> StoreError {
        StoreError(.closed, "The store \(path) was closed.")
    }

    static func locked(_ path: String, owner: Int32?, _ underlying: (any Error)? = nil) -> StoreError {
        let process = owner.map { "process \($0)" } ?? "another process"
        return StoreError(
            .locked,
            """
            The store \(path) is in use by \(process). Stop that one, or go without it: --store memory keeps nothing, --store \
            sqlite:FILE is another.
            """,
            underlying: underlying)
    }

    static func newerSchema(_ path: String) -> StoreError {
        StoreError(
            .newerSchema, "The store \(path) was written by a newer version of Nightjar. Update Nightjar, or use another file.")
    }

    static func corrupt(_ path: String, _ reason: String, _ underlying: (any Error)? = nil) -> StoreError {
        StoreError(
            .corrupt,
            "\(path) is damaged or no store of Nightjar: \(reason). Restore it from a backup, or move it away to begin anew.",
            underlying: underlying)
    }

    static func unavailable(_ path: String, _ reason: String, _ underlying: (any Error)? = nil) -> StoreError {
        StoreError(
            .unavailable,
            "The store \(path) cannot be opened: \(reason). Check that its folder exists and that this user may write there.",
            underlying: underlying)
    }
}
