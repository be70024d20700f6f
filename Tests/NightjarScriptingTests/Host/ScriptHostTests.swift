import Foundation
@testable import NightjarEngine
@testable import NightjarScripting
import NightjarTesting
import Testing

/// Reloading a project on disk.
struct ScriptHostTests {
    private let folder: ProjectFolder
    private let host: ScriptHost
    private let installed = NightjarTesting.Recorder<Definitions>()

    init() throws {
        folder = try ProjectFolder()
        host = ScriptHost(
            path: folder.path,
            dependencies: ScriptDependencies(
                http: ScriptedFetcher(), processes: ScriptedRunner(), state: StateTable(store: MemoryStore()),
                secrets: SecretResolver(), models: EchoProvider(), logger: .quiet, onExhausted: {}))
    }

    private func load() async -> [ScriptProblem] { await host.load { installed.add($0) } }
    private func reload() async -> [ScriptProblem]? { await host.reloadIfChanged { installed.add($0) } }

    @Test func aBrokenScriptLeavesTheLastGoodOneAndItIsSaid() async throws {
        try folder.write("nightjar.lua", "model \"m\" { provider = \"echo\" }")
        #expect(await load().isEmpty)
        #expect(host.status == ScriptHost.Status(generation: 1, errors: []))
        try folder.write("nightjar.lua", "model \"m\" {")
        #expect(await reload()?.count == 1)
        #expect(host.status.generation == 1)
        #expect(host.status.errors.count == 1)
        #expect(installed.all.count == 1)
        try folder.write("nightjar.lua", "model \"m\" { provider = \"echo\" } model \"n\" { provider = \"echo\" }")
        #expect(await reload()?.isEmpty == true)
        #expect(host.status == ScriptHost.Status(generation: 2, errors: []))
        #expect(installed.all.map(\.generation) == [1, 2])
    }

    @Test func unchangedTextIsNotLoadedAgain() async throws {
        try folder.write("nightjar.lua", "settings {}")
        _ = await load()
        try folder.write("nightjar.lua", "settings {}")
        #expect(await reload() == nil)
        #expect(host.status.generation == 1)
    }

    @Test func whatCannotBeTakenIntoUseIsNoReload() async throws {
        struct Refused: Error {}
        try folder.write("nightjar.lua", "settings {}")
        _ = await load()
        let problems = await host.load { _ in throw Refused() }
        #expect(problems.count == 1)
        #expect(host.status.generation == 1)
        #expect(host.status.errors.count == 1)
    }

    @Test func whatCouldNotBeTakenIntoUseIsTriedAgain() async throws {
        struct Refused: Error {}
        try folder.write("nightjar.lua", "settings {}")
        _ = await load()
        try folder.write("nightjar.lua", "settings { verbose = true }")
        #expect(await host.reloadIfChanged { _ in throw Refused() }?.count == 1)
        #expect(await reload()?.isEmpty == true)
        #expect(host.status == ScriptHost.Status(generation: 2, errors: []))
        #expect(await reload() == nil)
    }

    @Test func aProjectThatIsThereAgainHealsThoughItsTextIsTheSame() async throws {
        try folder.write("nightjar.lua", "settings {}")
        _ = await load()
        try folder.remove("nightjar.lua")
        #expect(await load().count == 1)
        #expect(await host.mayHeal)
        try folder.write("nightjar.lua", "settings {}")
        #expect(await reload()?.isEmpty == true)
        #expect(host.status == ScriptHost.Status(generation: 2, errors: []))
        #expect(await !host.mayHeal)
    }

    @Test(.timeLimit(.minutes(1))) func loadsGoOneAfterTheOther() async throws {
        try folder.write("nightjar.lua", "settings {}")
        let (host, folder, installed) = (host, folder, installed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let began = NightjarTesting.Recorder<Void>()
            let mayEnd = NightjarTesting.Recorder<Void>()
            group.addTask {
                _ = await host.load { definitions in
                    began.add(())
                    await mayEnd.waitForCount(1)
                    installed.add(definitions)
                }
            }
            await began.waitForCount(1)
            try folder.write("nightjar.lua", "settings { verbose = true }")
            group.addTask { _ = await host.reloadIfChanged { installed.add($0) } }
            while host.turn.waiting == 0, installed.count == 0 { await Task.yield() }
            mayEnd.add(())
            try await group.waitForAll()
        }
        #expect(installed.all.map(\.settings.isVerbose) == [false, true])
        #expect(installed.all.map(\.generation) == [1, 2])
        #expect(host.status == ScriptHost.Status(generation: 2, errors: []))
    }

    @Test func aLoadThatIsCancelledInTheLineLeavesTheStatus() async throws {
        try folder.write("nightjar.lua", "settings {}")
        _ = await load()
        let (host, installed) = (host, installed)
        let permit = try await host.turn.acquire()
        let load = Task { await host.load { installed.add($0) } }
        load.cancel()
        #expect(await load.value.map(\.severity) == [.error])
        #expect(host.status == ScriptHost.Status(generation: 1, errors: []))
        permit.release()
        #expect(await self.load().isEmpty)
        #expect(host.status.generation == 2)
    }

    @Test func aMissingProjectIsOneClearError() async {
        let problems = await load()
        #expect(problems.count == 1)
        #expect(problems.first?.message.contains("holds no scripts") == true)
    }
}
