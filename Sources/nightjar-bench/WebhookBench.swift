import Foundation

/// A Lua command over the generic webhook, with its reply in the answer, beside the server's floor: `GET /healthz`.
struct WebhookBench {
    let nightjar: String
    let seconds: Double

    private static let connections = 32
    static let script = """
        platform "webhook" { path = "/in" }
        command("ping", { run = function(ctx) return "pong " .. ctx.args[1] end })
        """

    func run() async throws {
        for store in ["memory", "sqlite"] {
            let project = try BenchProject(["nightjar.lua": Self.script])
            try project.start(nightjar, store: store == "memory" ? "memory" : nil)
            let floor = try LoadClient(port: project.port, connections: Self.connections) { _ in Self.healthRequest }
                .run(seconds: seconds / 2)
            _ = try load(project, seconds: seconds / 5)
            let (before, clientBefore) = (project.cpuSeconds, Stopwatch.cpuSeconds)
            let outcome = try load(project, seconds: seconds)
            let (cpu, clientCPU) = (project.cpuSeconds - before, Stopwatch.cpuSeconds - clientBefore)
            let requests = Double(max(1, outcome.requests))
            Figure(
                name: "webhook.\(store)", value: outcome.perSecond, unit: "requests/s", reference: ("GET /healthz", floor.perSecond),
                details: [
                    "p50_ms": outcome.latencies.percentile(0.5), "p99_ms": outcome.latencies.percentile(0.99),
                    "cpu_us_per_request": cpu * 1e6 / requests, "client_cpu_us_per_request": clientCPU * 1e6 / requests,
                    "failures": Double(outcome.failures),
                ]
            ).print()
            project.stop()
        }
    }

    private func load(_ project: BenchProject, seconds: Double) throws -> LoadClient.Outcome {
        try LoadClient(port: project.port, connections: Self.connections, request: Self.commandRequest).run(seconds: seconds)
    }

    private static let healthRequest = Array("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8)

    static func commandRequest(_ number: Int) -> [UInt8] { request("/ping \(number)", user: "user\(number % 100)") }

    /// A message that waits for its replies.
    static func request(_ text: String, user: String = "ann") -> [UInt8] {
        let body = #"{"user":"\#(user)","channel":"bench","text":"\#(text)"}"#
        return Array(
            "POST /in?wait=10s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                .utf8)
    }
}
