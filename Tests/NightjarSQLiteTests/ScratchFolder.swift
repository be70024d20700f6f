import Foundation
import Logging
import NightjarEngine
import NightjarSQLite

/// A folder for one test, gone when the test lets go of it.
final class ScratchFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "nightjar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(_ name: String = "state.db") -> String {
        url.appending(path: name).path
    }

    /// Copies a store's file and its log as they are on the disk now: what a power cut would leave behind.
    func snapshot(of name: String = "state.db", as copy: String) throws {
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path(name + suffix)) {
            try FileManager.default.copyItem(atPath: path(name + suffix), toPath: path(copy + suffix))
        }
    }

    func store(_ name: String = "state.db") throws -> SQLiteStore {
        try SQLiteStore(path: path(name), logger: .silent)
    }
}

extension Logger {
    static var silent: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
