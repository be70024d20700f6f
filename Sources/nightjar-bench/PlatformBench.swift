import Foundation
import NightjarTesting

/// Messages of all platforms at a fixed rate, as from busy channels: how soon each is stored and acknowledged, and whether memory stays
/// flat. Every message goes through a Lua handler, one of a hundred is answered.
struct PlatformBench {
    let nightjar: String
    let seconds: Double

    private static let perSecond = 2000.0
    private static let connections = 64
    /// Memory is compared from here on: before that, caches and pools fill.
    private static let warmUpShare = 0.25

    func run() async throws {
        try await StandInProvider.withProvider(fallback: { VendorTraffic.answer($0) }) { vendors in
            for (name, value) in VendorTraffic.secrets { setenv(name, value, 1) }
            let project = try BenchProject(["nightjar.lua": VendorTraffic.script(vendors.baseURL)])
            try project.start(nightjar)
            defer { project.stop() }
            let warmUp = try load(project, from: 0, seconds: seconds * Self.warmUpShare)
            let (memory, cpu) = (project.residentMegabytes, project.cpuSeconds)
            let outcome = try load(project, from: warmUp.requests, seconds: seconds * (1 - Self.warmUpShare))
            Figure(
                name: "platforms.acknowledge", value: outcome.latencies.percentile(0.99), unit: "ms (p99)",
                details: [
                    "messages_per_second": outcome.perSecond, "p50_ms": outcome.latencies.percentile(0.5),
                    "worst_ms": outcome.latencies.max() ?? 0, "failures": Double(outcome.failures + warmUp.failures),
                    "cpu_us_per_message": (project.cpuSeconds - cpu) * 1e6 / Double(max(1, outcome.requests)),
                    "answers": Double(vendors.activity.requests.count), "memory_mb": project.residentMegabytes,
                    "memory_growth_mb": project.residentMegabytes - memory,
                ]
            ).print()
        }
    }

    private func load(_ project: BenchProject, from first: Int, seconds: Double) throws -> LoadClient.Outcome {
        try LoadClient(port: project.port, connections: Self.connections, perSecond: Self.perSecond) {
            VendorTraffic.request(first + $0)
        }.run(seconds: seconds)
    }
}
