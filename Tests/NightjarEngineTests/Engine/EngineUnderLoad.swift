import Logging
import NightjarEngine
import NightjarTesting

/// An engine on many threads and the machine's clock, for races that the virtual clock's one thread cannot show.
struct EngineUnderLoad: Sendable {
    let engine: Engine
    let store: MemoryStore

    init(_ definitions: Definitions) {
        store = MemoryStore()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        engine = Engine(definitions: definitions, store: store, runsTriggers: false, logger: logger)
    }

    func run<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        try await engine.prepare()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await engine.run() }
            let result = try await body()
            group.cancelAll()
            try await group.waitForAll()
            return result
        }
    }

    /// The tasks, once all of them have ended.
    func finalTasks() async throws -> [TaskRecord] {
        let changes = engine.orchestrator.events.watch()
        defer { changes.stop() }
        var events = changes.makeAsyncIterator()
        while true {
            let tasks = try await engine.tasks(TaskQuery(limit: 10_000)).tasks
            if tasks.allSatisfy(\.state.isFinal) { return tasks }
            _ = await events.next()
        }
    }
}
