import NightjarEngine
import Synchronization
import Testing

extension EndToEnd {
    @Suite struct ReloadUnderLoadTests {
        private static let clients = 50
        private static let rewrites = 20

        /// What the clients saw.
        private struct Sightings {
            var answered = 0
            var faults: [String] = []
            /// The numbers that answers came from.
            var generations: Set<Int> = []
            var isOver = false
        }

        private final class Ledger: Sendable {
            private let state = Mutex(Sightings())
            var sightings: Sightings { state.withLock { $0 } }
            func note(_ change: (inout Sightings) -> Void) { state.withLock { change(&$0) } }
        }

        private static func agent(_ number: Int) -> String {
            """
            model "numbered" { provider = "lua", respond = function(request) return "v\(number) " .. request.input end }
            agent "numbered" { model = "numbered" }

            """
        }

        @Test(.timeLimit(.minutes(2)))
        func `no request fails and no reply is lost while scripts change under load`() async throws {
            let project = try ScratchProject(["nightjar.lua": Lua.base, "agents/numbered.lua": Self.agent(0)])
            let ledger = Ledger()
            try await NightjarProcess.run(project) { process, http in
                let delays = try await withThrowingTaskGroup(of: [Duration].self) { group in
                    for client in 0..<Self.clients {
                        group.addTask {
                            var count = 0
                            while !ledger.sightings.isOver {
                                let text = "c\(client)n\(count)"
                                count += 1
                                let fault = await Self.ask(text, client, http, ledger)
                                if let fault { ledger.note { $0.faults.append(fault) } }
                            }
                            return []
                        }
                    }
                    group.addTask {
                        defer { ledger.note { $0.isOver = true } }
                        return try await Self.rewrite(project, http)
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                let seen = ledger.sightings
                #expect(seen.faults.isEmpty, "\(seen.faults.count) of \(seen.answered): \(seen.faults.prefix(5))")
                #expect(seen.answered > Self.clients * 2)
                #expect(seen.generations.count > 2, "\(seen.generations)")
                #expect(seen.generations.allSatisfy { $0 % 2 == 0 }, "an answer of a broken generation: \(seen.generations)")
                let median = delays.sorted()[delays.count / 2]
                #expect(delays.count == Self.rewrites)
                #expect(median < .seconds(1) * Patience.slowness, "\(delays)")
                print("reload under load: \(seen.answered) answers from \(seen.generations.count) generations, median delay \(median)")
                #expect(process.end == nil)
            }
        }

        /// - Returns: what is wrong with the answer.
        private static func ask(_ text: String, _ client: Int, _ http: HTTPDriver, _ ledger: Ledger) async -> String? {
            do {
                let answer = try await http.say("/run agent numbered \(text)", user: "u\(client)", wait: "30s")
                guard answer.status == 200 else { return "\(text): \(answer.status) \(answer.body)" }
                let replies = answer.replies
                guard replies.count == 2, replies[0].hasPrefix("✓ Task started"),
                    let match = replies[1].firstMatch(of: /v(\d+) (c\d+n\d+)/), match.output.2 == text
                else { return "\(text): \(replies)" }
                ledger.note {
                    $0.answered += 1
                    $0.generations.insert(Int(match.output.1) ?? -1)
                }
                return nil
            } catch {
                return "\(text): \(error)"
            }
        }

        /// Valid with even numbers, broken with odd ones.
        /// - Returns: how long each change took to show in `/healthz`.
        private static func rewrite(_ project: ScratchProject, _ http: HTTPDriver) async throws -> [Duration] {
            var delays: [Duration] = []
            for number in 1...rewrites {
                let isBroken = number % 2 == 1
                let generation = try await http.generation()
                let start = ContinuousClock.now
                try project.write("agents/numbered.lua", isBroken ? agent(number) + "agent(" : agent(number))
                try await eventually("change \(number) shows") {
                    let health = try await http.get("/healthz")
                    return isBroken ? health["status"] == "degraded" : health["generation"].integer ?? 0 > generation
                }
                delays.append(ContinuousClock.now - start)
            }
            return delays
        }
    }
}
