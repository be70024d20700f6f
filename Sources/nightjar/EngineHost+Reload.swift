import Logging
import NightjarEngine
import NightjarScripting

extension EngineHost {
    /// The service that watches the project.
    func reloadService(_ project: ProjectPath, _ logger: Logger) -> ReloadService {
        ReloadService(host: scripts, engine: engine, path: project.path, logger: logger)
    }

    /// Works until the task is cancelled.
    func work(_ logger: Logger) async {
        do {
            try await engine.run()
        } catch {
            logger.critical("the engine stopped", metadata: ["error": "\(error)"])
        }
    }

    /// Watches until the task is cancelled; a folder that cannot be watched is said once.
    func reloadOnChange(_ project: ProjectPath, _ logger: Logger) async {
        do {
            try await reloadService(project, logger).run()
        } catch is CancellationError {
        } catch {
            logger.warning("scripts are not reloaded when they change", metadata: ["error": "\(error)"])
        }
    }
}
