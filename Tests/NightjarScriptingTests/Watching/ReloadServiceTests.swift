import NightjarEngine
import NightjarTesting
import ServiceLifecycle
import Testing

@testable import NightjarScripting

@Suite(.timeLimit(.minutes(1))) struct ReloadServiceTests {
    private func host(of folder: ProjectFolder, _ state: StateTable) -> ScriptHost {
        ScriptHost(
            path: folder.path,
            dependencies: ScriptDependencies(
                http: ScriptedFetcher(), processes: ScriptedRunner(), state: state, secrets: SecretResolver(), models: EchoProvider(),
                logger: .quiet, onExhausted: {}))
    }

    /// It sleeps, looks, and sleeps again.
    private func lookAgain(_ clock: VirtualClock) async {
        await clock.waitForSleepers(1)
        await clock.advance(by: ReloadService.healPeriod)
        await clock.waitForSleepers(1)
    }

    @Test func whatTheTextIsNoReasonForIsTriedAgainWithoutAChange() async throws {
        let folder = try ProjectFolder()
        try folder.write("nightjar.lua", "every(\"1h\", \"t\", function() end)")
        let (store, clock) = (FaultyStore(MemoryStore()), VirtualClock())
        let state = StateTable(store: store)
        let host = host(of: folder, state)
        let engine = Engine(definitions: Definitions(), store: store, state: state, logger: .quiet)
        try await engine.prepare()
        let service = ReloadService(host: host, engine: engine, path: folder.path, clock: .virtual(clock), logger: .quiet)
        store.fail(.slots)
        #expect(await service.reload().map(\.severity) == [.error])
        let group = ServiceGroup(services: [service], logger: .quiet)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let before = store.calls(of: .slots)
            for _ in 1...3 { await lookAgain(clock) }
            #expect(store.calls(of: .slots) == before + 3)
            #expect(host.status.errors.count == 1)
            store.mend()
            await lookAgain(clock)
            #expect(host.status == ScriptHost.Status(generation: 1, errors: []))
            #expect(engine.definitions.triggers.map(\.name) == ["t"])
            await group.triggerGracefulShutdown()
            try await tasks.next()
        }
    }

    /// Files change, and before they have been quiet for long enough the process is asked to end.
    @Test func aShutdownBetweenAChangeAndItsReloadIsNoFailure() async throws {
        let folder = try ProjectFolder()
        try folder.write("nightjar.lua", "settings {}")
        let clock = VirtualClock()
        let state = StateTable(store: MemoryStore())
        let host = host(of: folder, state)
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
            // One sleeps until it looks again by itself, the other until the files are quiet.
            await clock.waitForSleepers(2)
            await group.triggerGracefulShutdown()
            try await tasks.next()
            tasks.cancelAll()
        }
    }
}
