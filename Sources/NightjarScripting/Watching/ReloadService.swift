public import Logging
public import NightjarEngine
public import ServiceLifecycle

/// Reloads the scripts when their files change, while the engine works.
public struct ReloadService: Service {
    private let host: ScriptHost
    private let engine: Engine
    private let path: String
    private let clock: EngineClock
    private let logger: Logger

    /// How long the files must be quiet: an editor writes in several steps, and a file may be gone for a moment.
    static let debounce = Duration.milliseconds(200)
    /// How often it looks again after a load that failed though nothing was wrong with the text: a full disk tells nobody when it has room.
    static let healPeriod = Duration.seconds(5)

    /// - Parameter path: the project's folder, or a single script.
    public init(host: ScriptHost, engine: Engine, path: String, clock: EngineClock = .system, logger: Logger) {
        self.host = host
        self.engine = engine
        self.path = path
        self.clock = clock
        self.logger = logger
    }

    public func run() async throws {
        let changes = try watcher().changes()
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await follow(changes) }
                group.addTask { await heal() }
                await group.next()
                group.cancelAll()
            }
        }
    }

    private func follow(_ changes: AsyncStream<Void>) async {
        for await _ in changes {
            // A shutdown in the middle of it is no failure.
            do { try await clock.sleep(for: Self.debounce) } catch { return }
            if let problems = await host.reloadIfChanged(install: { try await engine.install($0) }) { report(problems) }
        }
    }

    private func heal() async {
        while true {
            do { try await clock.sleep(for: Self.healPeriod) } catch { return }
            guard await host.mayHeal else { continue }
            let before = host.status.errors
            let problems = await host.reloadIfChanged(install: { try await engine.install($0) })
            // The same failure every few seconds is no news.
            if let problems, host.status.errors != before { report(problems) }
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
            logger.log(level: problem.severity == .error ? .error : .warning, "\(problem.logText)")
        }
        if !problems.contains(where: { $0.severity == .error }) {
            logger.info("scripts reloaded", metadata: ["generation": "\(status.generation)"])
        } else {
            logger.error("the scripts have errors, so the last good ones go on", metadata: ["generation": "\(status.generation)"])
        }
    }

    private func watcher() throws -> any ProjectWatcher {
        #if os(Linux)
            return try InotifyWatcher(WatchedFolders(path: path))
        #else
            return PollingWatcher(project: WatchedFolders(path: path), clock: clock)
        #endif
    }
}
