import Foundation
import Logging
import NightjarEngine
import Synchronization

/// Ten thousand periodic triggers of one second, and a thousand whose handlers are Lua: processor time, lateness, and whether any was
/// missed.
struct TriggerBench {
    let nightjar: String
    let seconds: Double

    private static let nativeCount = 10_000
    private static let luaCount = 1_000

    func run() async throws {
        try await measureNative()
        try await measureLua()
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

    /// Each firing notes when it was; the report holds that against the slots, of which all have the same part of a second.
    private static let script = """
        platform "webhook" { path = "/in" }
        local moments = {}
        for number = 1, \(luaCount) do
          local name = "t" .. number
          every(1, name, function() moments[#moments + 1] = { name, time.now() } end)
        end
        command("report", { run = function()
          local phases, missed, late = {}, 0, {}
          for _, trigger in ipairs(triggers.list()) do
            phases[trigger.name] = time.parse(trigger.next) % 1
            missed = missed + trigger.skipped + trigger.dropped
          end
          for index, moment in ipairs(moments) do
            -- Slots are whole milliseconds, so a firing may seem to be a little early.
            late[index] = (moment[2] - phases[moment[1]] + 0.005) % 1 - 0.005
          end
          table.sort(late)
          local function percentile(share) return late[math.max(1, math.ceil(#late * share))] * 1000 end
          return json.encode { p50 = percentile(0.5), p99 = percentile(0.99), firings = #late, missed = missed }
        end })
        """

    private func measureLua() async throws {
        let project = try BenchProject(["nightjar.lua": "settings { handler_timeout = \"5s\" }\n" + Self.script])
        try project.start(nightjar, store: "memory")
        let before = project.cpuSeconds
        let start = ContinuousClock.now
        try await Task.sleep(for: .seconds(seconds + 0.5))
        let cpu = project.cpuSeconds - before
        let elapsed = start.duration(to: .now).inSeconds
        let report = try report(of: project)
        Figure(
            name: "triggers.lua", value: cpu / elapsed * 100, unit: "% of one core",
            details: [
                "late_p50_ms": report["p50"]?.double ?? 0, "late_p99_ms": report["p99"]?.double ?? 0,
                "firings": report["firings"]?.double ?? 0, "missed": report["missed"]?.double ?? 0,
            ]
        ).print()
        project.stop()
    }

    private func report(of project: BenchProject) throws -> [String: JSONValue] {
        let client = LoadClient(port: project.port, connections: 1, keepsAnswer: true) { _ in WebhookBench.request("/report") }
        let answer = String(decoding: try client.run(requests: 1).answer, as: UTF8.self)
        guard let body = answer.split(separator: "\r\n\r\n", maxSplits: 1).last,
            let text = try JSONValue(parsing: String(body))["replies"]?.array?.first?["text"]?.string,
            let report = try JSONValue(parsing: text).object
        else { throw LoadClient.Refused() }
        return report
    }
}

extension JSONValue {
    fileprivate var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}
