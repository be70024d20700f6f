import Foundation
import NightjarEngine

/// Start, idle memory, and the reload of a large project.
struct LifeBench {
    let nightjar: String

    private static let agents = 200
    private static let starts = 5
    /// Long enough for what a start leaves behind to be over.
    private static let restSeconds: UInt32 = 4
    private static let requestsBeforeRest = 2000

    func run() async throws {
        try measureStart()
        try measureMemory()
        try measureReload()
    }

    /// From the start of the process to its first words, and to the answer of a webhook's command.
    private func measureStart() throws {
        var words: [Double] = []
        var answers: [Double] = []
        for _ in 0..<Self.starts {
            let project = try BenchProject(["nightjar.lua": WebhookBench.script])
            try project.start(nightjar)
            _ = try LoadClient(port: project.port, connections: 1, request: WebhookBench.commandRequest).run(requests: 1)
            words.append(project.startSeconds * 1000)
            answers.append(project.secondsAlive * 1000)
            project.stop()
        }
        Figure(name: "life.start", value: words.percentile(0.5), unit: "ms").print()
        Figure(
            name: "life.first_answer", value: answers.percentile(0.5), unit: "ms", details: ["worst_ms": answers.max() ?? 0]
        ).print()
    }

    /// At rest: some seconds after the start, and some seconds after requests.
    private func measureMemory() throws {
        let project = try BenchProject(["nightjar.lua": WebhookBench.script])
        try project.start(nightjar)
        let first = project.residentMegabytes
        sleep(Self.restSeconds)
        let rested = project.residentMegabytes
        _ = try LoadClient(port: project.port, connections: 8, request: WebhookBench.commandRequest).run(requests: Self.requestsBeforeRest)
        sleep(Self.restSeconds)
        Figure(
            name: "life.idle_memory", value: rested, unit: "MB",
            details: ["at_first_words_mb": first, "after_requests_mb": project.residentMegabytes]
        ).print()
        project.stop()
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
