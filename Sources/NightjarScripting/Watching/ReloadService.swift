public import Logging
public import NightjarEngine
public import ServiceLifecycle

/// Reloads the scripts when their files change, while the engine works.
public struct ReloadService: Service {
    private let host: ScriptHost
    private let engine: Engine
    private let root: String
    private let clock: EngineClock
    private let logger: Logger

    /// How long the files must be quiet: an editor writes in several steps, and a file may be gone for a moment.
    static let debounce = Duration.milliseconds(200)

    /// - Parameter root: the folder that is watched.
    public init(host: ScriptHost, engine: Engine, root: String, clock: EngineClock = .system, logger: Logger) {
        self.host = host
        self.engine = engine
        self.root = root
        self.clock = clock
        self.logger = logger
    }

    public func run() async throws {
        let changes = try watcher().changes()
        try await cancelWhenGracefulShutdown {
            var iterator = changes.makeAsyncIterator()
            while await iterator.next() != nil {
                try await clock.sleep(for: Self.debounce)
                if let problems = await host.reloadIfChanged(install: { try await engine.install($0) }) {
                    report(problems)
                }
            }
        }
    }

    /// Loads the scripts again now, changed or not.
    public func reload() async -> [ScriptProblem] {
        let problems = await host.load(install: { try await engine.install($0) })
        report(problems)
        return problems
    }

    private func report(_ problems: [ScriptProblem]) {
        let status = host.status
        for problem in problems {
            logger.log(level: problem.severity == .error ? .error : .warning, "\(problem.description)")
        }
        if status.errors.isEmpty {
            logger.info("scripts reloaded", metadata: ["generation": "\(status.generation)"])
        } else {
            logger.error("the scripts have errors, so the last good ones go on", metadata: ["generation": "\(status.generation)"])
        }
    }

    private func watcher() throws -> any ProjectWatcher {
        #if os(Linux)
            return try InotifyWatcher(root: root)
        #else
            return PollingWatcher(root: root, clock: clock)
        #endif
    }
}
