import Foundation
import NightjarEngine
import NightjarTesting
import Testing

extension EndToEnd {
    /// Cuts the engine off at random moments under load, and counts what is left. `scripts/chaos` runs it for long.
    @Suite struct ChaosTests {
        private static let rounds = ProcessInfo.processInfo.environment["NIGHTJAR_CHAOS_ROUNDS"].flatMap { Int($0) } ?? 5
        private static let clients = 4

        /// A model that takes its time, and a tool whose effect is counted outside; each answer is one of its kind, so that two
        /// executions cannot have the same result.
        private static let project = [
            "nightjar.lua": """
            settings { default_agent = "worker", max_tasks_per_user = 10000 }
            platform "webhook" { path = "/in" }
            local effects = env("EFFECTS")
            model "worker" { provider = "lua", respond = function(request)
              local last = request.messages[#request.messages]
              sleep("20ms")
              if last.role == "tool" then return ("%s at %.6f: %s"):format(request.input, time.now(), last.content) end
              return { tool_calls = { { name = "effect", arguments = { key = request.input } } } }
            end }
            tool "effect" {
              description = "Counts", parameters = { key = { type = "string", description = "whose" } },
              run = function(args) return http.get(effects .. "/effect/" .. args.key).body end,
            }
            agent "worker" { model = "worker", tools = { "effect" } }

            """
        ]

        @Test(.timeLimit(.minutes(30)))
        func `whenever it is cut off, what was accepted ends exactly once`() async throws {
            var moments = SystemRandomNumberGenerator()
            let ledger = ChaosLedger()
            let project = try ScratchProject(Self.project)
            try await StandInProvider.withProvider(fallback: { _ in StandInAnswer(steps: [.text(ChaosLedger.effectDone)]) }) { provider in
                let environment = ["EFFECTS": provider.baseURL]
                for round in 1...Self.rounds {
                    // Every third time it is not even let start in peace.
                    let isEarly = round % 3 == 0
                    let delay = Duration.milliseconds(Int.random(in: 0...(isEarly ? 800 : 500), using: &moments))
                    try await NightjarProcess.launch(project, options: ["--log-level", "error"], environment: environment) { process in
                        try await Self.round(round, process, waitsForStart: !isEarly, delay, ledger)
                    }
                    if round % 10 == 0 { print("chaos: round \(round) of \(Self.rounds): \(ledger.progress)") }
                }
                try await NightjarProcess.run(project, environment: environment) { process, http in
                    // Between two turns of a session there is no task and still something to do.
                    try await ledger.waitUntilHandled(http)
                    try await eventually("everything has ended", within: .seconds(120)) {
                        try await http.tasks("&state=pending,running").isEmpty
                    }
                    try await ledger.audit(http, effects: provider.activity.requests.map(\.path))
                    process.send(SIGTERM)
                    #expect(try await process.ended() == .exited(0), "\(process.log)")
                }
            }
            print("chaos: \(Self.rounds) rounds: \(ledger.summary)")
            #expect(ledger.faults.isEmpty, "\(ledger.faults.prefix(10))")
            #expect(ledger.counts.acknowledged > 0)
        }

        /// Loads the engine until it is cut off.
        private static func round(
            _ round: Int, _ process: NightjarProcess, waitsForStart: Bool, _ delay: Duration, _ ledger: ChaosLedger
        ) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                if waitsForStart { _ = try await process.listening() }
                group.addTask {
                    try await pass(delay)
                    try await process.cutOff()
                }
                // A process that is cut off before it listens takes no load.
                if let http = try? await process.listening() {
                    for client in 0..<clients {
                        group.addTask { await load(http, client: client, round: round, ledger) }
                    }
                    group.addTask { await ledger.observe(http) }
                }
                try await group.waitForAll()
            }
        }

        /// Sends message after message until the engine is gone; what was not acknowledged is sent again in the next round.
        private static func load(_ http: HTTPDriver, client: Int, round: Int, _ ledger: ChaosLedger) async {
            for number in 0... {
                let key = ledger.unacknowledged(by: client) ?? ChaosLedger.key(client: client, round: round, number: number)
                ledger.sent(key, by: client)
                do {
                    let message = HTTPDriver.message(ChaosLedger.text(key), user: ChaosLedger.user(key), id: key)
                    let answer = try await http.post("/in", bytes: Array(message.text.utf8), timeout: .seconds(5))
                    guard ledger.acknowledged(key, by: client, answer) else { return }
                } catch {
                    return
                }
                try? await pass(.milliseconds(10))
            }
        }
    }
}
