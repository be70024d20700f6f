import ArgumentParser
import Logging
import NightjarEngine
import NightjarSQLite

/// `--store sqlite:FILE|memory`.
enum StoreLocation: Equatable {
    case memory
    case sqlite(String)

    /// - Throws: `ValidationError` that shows the forms.
    @Sendable static func parse(_ argument: String) throws -> StoreLocation {
        if argument == "memory" { return .memory }
        guard argument.hasPrefix("sqlite:"), argument.count > 7 else {
            throw ValidationError("write sqlite:FILE, or memory, which keeps nothing")
        }
        return .sqlite(String(argument.dropFirst(7)))
    }

    /// `.nightjar/state.db` in the project, `.nightjar/NAME.db` for the script `NAME.lua`.
    static func standard(for project: ProjectPath) -> StoreLocation {
        .sqlite(project.storePath)
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
