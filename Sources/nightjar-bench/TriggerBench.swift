import Foundation
import Logging
import NightjarEngine
import Synchronization

/// Ten thousand periodic triggers of one second: processor time, lateness, and whether any was missed.
struct TriggerBench {
    let nightjar: String
    let seconds: Double

    private static let nativeCount = 10_000
    private static let luaCount = 1_000

    func run() async throws {
        try await measureNative()
        try measureLua()
    }

    private func measureNative() async throws {
        let lateness = Mutex<[Double]>([])
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let service = TriggerService(logger: logger) { _, slot, _ in
            let late = Double((EngineClock.system.now - slot.due).wholeMilliseconds)
            lateness.withLock { $0.append(late) }
            return .completed
        }
        try service.reconcile(
            with: (0..<Self.nativeCount).map { number in
                TriggerDefinition(name: "t\(number)", schedule: .every(.seconds(1))) { _ in .none }
            })
        let before = Stopwatch.cpuSeconds
        let work = Task { try await service.run() }
        try await Task.sleep(for: .seconds(seconds + 0.5))
        work.cancel()
        _ = await work.result
        let cpu = Stopwatch.cpuSeconds - before
        let fired = lateness.withLock { $0 }
        Figure(
            name: "triggers.native", value: cpu / (seconds + 0.5) * 100, unit: "% of one core",
            details: [
                "late_p50_ms": fired.percentile(0.5), "late_p99_ms": fired.percentile(0.99), "firings": Double(fired.count),
                "missed": Double(service.list().reduce(0) { $0 + $1.skipped }),
            ]
        ).print()
    }

    private func measureLua() throws {
        let script = """
            for number = 1, \(Self.luaCount) do every(1, "t" .. number, function() end) end
            """
        let project = try BenchProject(["nightjar.lua": script])
        try project.start(nightjar, store: "memory")
        let before = project.cpuSeconds
        let start = ContinuousClock.now
        while start.duration(to: .now).inSeconds < seconds { usleep(100_000) }
        let cpu = project.cpuSeconds - before
        Figure(name: "triggers.lua", value: cpu / start.duration(to: .now).inSeconds * 100, unit: "% of one core").print()
        project.stop()
    }
}
