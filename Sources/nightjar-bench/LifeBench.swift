import Foundation
import NightjarEngine

/// Start, idle memory, and the reload of a large project.
struct LifeBench {
    let nightjar: String

    private static let agents = 200

    func run() async throws {
        try measureStart()
        try measureReload()
    }

    private func measureStart() throws {
        var starts: [Double] = []
        var memory = 0.0
        for _ in 0..<5 {
            let project = try BenchProject(["nightjar.lua": #"platform "webhook" {}"#])
            try project.start(nightjar)
            starts.append(project.startSeconds * 1000)
            memory = project.residentMegabytes
            project.stop()
        }
        Figure(name: "life.start", value: starts.percentile(0.5), unit: "ms").print()
        Figure(name: "life.idle_memory", value: memory, unit: "MB").print()
    }

    /// A reload asked for over HTTP: reading, evaluating, checking and swapping; waiting for quiet files is not part of it.
    private func measureReload() throws {
        var files = ["nightjar.lua": #"platform "webhook" {} model "m" { provider = "echo" }"#]
        for number in 0..<Self.agents {
            files["agents/agent\(number).lua"] = """
                agent "agent\(number)" {
                  description = "Number \(number)",
                  model = "m",
                  instructions = "You are one of many.",
                }
                """
        }
        let project = try BenchProject(files)
        try project.start(nightjar, store: "memory")
        let request = Array("POST /api/v1/reload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n".utf8)
        let outcome = try LoadClient(port: project.port, connections: 1) { _ in request }.run(seconds: 3)
        Figure(
            name: "life.reload_200_agents", value: outcome.latencies.percentile(0.5), unit: "ms",
            details: ["p99_ms": outcome.latencies.percentile(0.99), "reloads": Double(outcome.requests)]
        ).print()
        project.stop()
    }
}
