import Foundation
import Logging
import NightjarEngine
import NightjarSQLite

/// Durable tasks: accepted, claimed, run by an agent that answers at once, stored with their result.
struct TaskBench {
    let seconds: Double

    private static let submitters = 64
    private static let maxConcurrent = 64

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nightjar-bench-\(getpid())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }

        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let loop = try RawSQLite(path: folder + "/raw.db").tasksPerSecond(perTransaction: 10, seconds: seconds)
        let durable = try await run(SQLiteStore(path: folder + "/state.db", logger: logger), logger)
        Figure(
            name: "tasks.sqlite_full", value: durable.perSecond, unit: "tasks/s",
            reference: ("raw SQLite loop, 10 per transaction", loop), details: ["cpu_us_per_task": durable.cpuMicroseconds]
        ).print()
        let memory = try await run(MemoryStore(), logger)
        Figure(
            name: "tasks.memory", value: memory.perSecond, unit: "tasks/s", details: ["cpu_us_per_task": memory.cpuMicroseconds]
        ).print()
    }

    /// - Returns: the rate, and the processor time that each task took.
    private func run(_ store: any Store, _ logger: Logger) async throws -> (perSecond: Double, cpuMicroseconds: Double) {
        let agent = AgentDefinition(name: "empty", modelName: "empty", model: EmptyModel())
        let settings = EngineSettings(maxConcurrent: Self.maxConcurrent, maxTasksPerUser: 10_000)
        let engine = Engine(
            definitions: Definitions(generation: 1, settings: settings, agents: [agent]), store: store, runsTriggers: false,
            logger: logger)
        try await engine.prepare()
        let work = Task { try await engine.run() }
        let start = ContinuousClock.now
        let cpu = Stopwatch.cpuSeconds
        let finished = try await withThrowingTaskGroup(of: Int.self) { group in
            for submitter in 0..<Self.submitters {
                group.addTask { try await submit(to: engine, as: "user\(submitter)", until: start.advanced(by: .seconds(seconds))) }
            }
            return try await group.reduce(0, +)
        }
        let rate = Double(finished) / start.duration(to: .now).inSeconds
        let cpuEach = (Stopwatch.cpuSeconds - cpu) * 1e6 / Double(max(1, finished))
        work.cancel()
        _ = await work.result
        try await store.close()
        return (rate, cpuEach)
    }

    /// Keeps one task in progress until the time is over.
    /// - Returns: how many ended.
    private func submit(to engine: Engine, as user: String, until end: ContinuousClock.Instant) async throws -> Int {
        var count = 0
        while ContinuousClock.now < end {
            let task = try await engine.submitTask(agent: "empty", input: "", user: user)
            _ = try await engine.result(of: task.id)
            count += 1
        }
        return count
    }
}
