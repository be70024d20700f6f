import NightjarEngine
import NightjarTesting
import ServiceLifecycle
import Testing

@testable import NightjarScripting

@Suite(.timeLimit(.minutes(1))) struct ReloadServiceTests {
    /// Files change, and before they have been quiet for long enough the process is asked to end.
    @Test func aShutdownBetweenAChangeAndItsReloadIsNoFailure() async throws {
        let folder = try ProjectFolder()
        try folder.write("nightjar.lua", "settings {}")
        let clock = VirtualClock()
        let state = StateTable(store: MemoryStore())
        let host = ScriptHost(
            path: folder.path,
            dependencies: ScriptDependencies(
                http: ScriptedFetcher(), processes: ScriptedRunner(), state: state, secrets: SecretResolver(), models: EchoProvider(),
                logger: .quiet, onExhausted: {}))
        let engine = Engine(definitions: Definitions(), store: MemoryStore(), state: state, runsTriggers: false, logger: .quiet)
        let service = ReloadService(host: host, engine: engine, path: folder.path, clock: .virtual(clock), logger: .quiet)
        let group = ServiceGroup(services: [service], logger: .quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                // Nobody tells when the watcher watches, so there are changes until it has noticed one.
                while !Task.isCancelled {
                    try folder.write("nightjar.lua", "settings { verbose = true }")
                    await Task.yield()
                }
            }
            await clock.waitForSleepers(1)
            await group.triggerGracefulShutdown()
            try await tasks.next()
            tasks.cancelAll()
        }
    }
}
