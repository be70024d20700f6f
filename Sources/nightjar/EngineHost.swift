import Logging
import NightjarEffects
import NightjarEngine
import NightjarModels
import NightjarPlatforms
import NightjarScripting

/// The engine with its scripts, as `run` and `chat` put it together. This is the composition root; it decides nothing.
struct EngineHost {
    let engine: Engine
    let scripts: ScriptHost

    /// Opens the store, loads the scripts, and gives `body` an engine that has not been prepared. Everything that was opened is closed
    /// afterwards, however it ends.
    /// - Throws: ``CommandFailure`` when the store is not available or the scripts have errors; what `body` throws.
    static func withHost(
        _ project: ProjectPath, store location: StoreLocation, secrets: SecretResolver.Mode, runsTriggers: Bool, logger: Logger,
        _ body: (EngineHost) async throws -> Void
    ) async throws {
        try project.checkExists()
        try await Clients.withClients(logger: logger) { clients in
            try await location.withStore(logger: logger) { store in
                let state = StateTable(store: store)
                let dependencies = dependencies(project, state: state, secrets: secrets, clients: clients, logger: logger)
                let (scripts, definitions) = try await load(project, dependencies, logger)
                let platforms = PlatformFactory(PlatformContext(http: clients.platforms, clock: .system, logger: logger))
                let engine = Engine(
                    definitions: definitions, store: store, state: state, runsTriggers: runsTriggers,
                    makePlatform: platforms.make, logger: logger)
                try await body(EngineHost(engine: engine, scripts: scripts))
            }
        }
    }

    private static func load(
        _ project: ProjectPath, _ dependencies: ScriptDependencies, _ logger: Logger
    ) async throws -> (ScriptHost, Definitions) {
        let scripts = ScriptHost(path: project.path, dependencies: dependencies)
        let box = DefinitionsBox()
        let problems = await scripts.load { box.definitions = $0 }
        guard let definitions = box.definitions else { throw CommandFailure(.scriptErrors, ProblemReport.text(problems)) }
        for problem in problems { logger.warning("\(problem.logText)") }
        return (scripts, definitions)
    }

    static func dependencies(
        _ project: ProjectPath, state: StateTable, secrets: SecretResolver.Mode, clients: Clients, logger: Logger
    ) -> ScriptDependencies {
        ScriptDependencies(
            http: clients.fetcher, processes: SubprocessRunner(directory: project.folder), state: state,
            secrets: SecretResolver(mode: secrets), models: ModelFactory(transport: clients.models),
            platformProblem: { PlatformFactory.problem(with: $0) }, requestTriggerProblem: { PlatformFactory.problem(with: $0) }, logger: logger
        ) {
            StandardError.write(
                "nightjar: \(ScriptDependencies.quarantinesUsual) times a script got stuck in native code, and each keeps a thread busy for good; "
                    + "ending, so that a supervisor starts a fresh process. The errors above say which handlers: "
                    + "look for long patterns and huge strings in them\n")
            Process.exit(.software)
        }
    }
}
