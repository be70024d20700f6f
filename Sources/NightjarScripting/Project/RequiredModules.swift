import LuaRuntime
import Synchronization

/// Finds the modules that scripts require in a project's sources, and remembers which were asked for.
final class RequiredModules: Sendable {
    private let sources: ProjectSources
    private let found = Mutex<Set<String>>([])

    init(_ sources: ProjectSources) {
        self.sources = sources
    }

    /// The files of the modules found so far.
    var files: Set<String> { found.withLock { $0 } }

    func find(_ name: String) -> LuaSource? {
        guard let module = sources.module(name) else { return nil }
        _ = found.withLock { $0.insert(module.name) }
        return module
    }
}
