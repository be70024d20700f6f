import ArgumentParser
import Logging
import NightjarEngine
import NightjarSQLite

/// `--store sqlite:FILE|memory`.
enum StoreLocation: ExpressibleByArgument, Equatable {
    case memory
    case sqlite(String)

    init?(argument: String) {
        if argument == "memory" {
            self = .memory
        } else if argument.hasPrefix("sqlite:"), argument.count > 7 {
            self = .sqlite(String(argument.dropFirst(7)))
        } else {
            return nil
        }
    }

    /// `.nightjar/state.db` in the project.
    static func standard(for project: ProjectPath) -> StoreLocation {
        .sqlite(project.folder + "/.nightjar/state.db")
    }

    /// Opens the store, gives it to `body`, and closes it afterwards.
    /// - Throws: ``StoreError``; what `body` throws.
    func withStore<Result>(logger: Logger, _ body: (any Store) async throws -> Result) async throws -> Result {
        let store = try open(logger: logger)
        do {
            let result = try await body(store)
            try await store.close()
            return result
        } catch {
            try? await store.close()
            throw error
        }
    }

    private func open(logger: Logger) throws -> any Store {
        switch self {
        case .memory: MemoryStore()
        case .sqlite(let file): try SQLiteStore(path: file, logger: logger)
        }
    }
}
