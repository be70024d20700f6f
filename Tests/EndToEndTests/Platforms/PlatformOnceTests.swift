import Foundation
import NightjarTesting
import Testing

extension EndToEnd {
    /// Vendors tell of the same thing again: when an answer was late, when a connection broke, or just so.
    @Suite struct PlatformOnceTests {
        private static let repetitions = 11

        @Test(.timeLimit(.minutes(2)), arguments: SceneName.allCases)
        func `what is told eleven times, at once and after a restart, is one task and one answer`(name: SceneName) async throws {
            try await name.play { scene in
                let project = try PlatformProject.make(scene)
                let told = scene.requests(saying: "only once", in: .first)
                try await NightjarProcess.run(project, environment: scene.secrets) { process, http in
                    try await withThrowingTaskGroup(of: Int.self) { group in
                        for request in Array(repeating: told, count: Self.repetitions).joined() {
                            group.addTask { try await http.post(request).status }
                        }
                        for try await status in group { #expect(status == 200) }
                    }
                    try await scene.answers("an answer") { !$0.isEmpty }
                    #expect(try await http.tasks().count == 1)
                    try await process.cutOff()
                }
                try await NightjarProcess.run(project, environment: scene.secrets) { _, http in
                    for request in Array(repeating: told, count: Self.repetitions).joined() {
                        #expect(try await http.post(request).status == 200)
                    }
                    // What is said next is answered after a second answer, if there were one.
                    try await scene.say("and then", http)
                    let answers = try await scene.answers("the next answer") { $0.last?.text == "and then" }
                    #expect(answers.map(\.text) == ["only once", "and then"])
                    #expect(try await http.tasks().count == 2)
                }
            }
        }

        @Test(.timeLimit(.minutes(2)), arguments: [(SceneName.slack, StandInCourier.slack), (.whatsapp, .whatsApp)])
        func `what is told again since the engine was late is one task and one answer`(name: SceneName, courier: StandInCourier) async throws {
            try await name.play { scene in
                try await NightjarProcess.run(PlatformProject.make(scene), environment: scene.secrets) { process, http in
                    let told = scene.requests(saying: "only once", in: .first)
                    process.send(SIGSTOP)
                    defer { process.send(SIGCONT) }
                    let tries = try await withThrowingTaskGroup(of: Int?.self) { group in
                        for request in told { group.addTask { try await scene.tell(request, by: courier.faster(by: 10), http) } }
                        // As long as the vendor waits, and longer.
                        try await pass(courier.patience / 5)
                        process.send(SIGCONT)
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                    #expect(tries.allSatisfy { ($0 ?? 0) > 1 }, "\(tries)")
                    try await scene.say("and then", http)
                    let answers = try await scene.answers("the next answer") { $0.last?.text == "and then" }
                    #expect(answers.map(\.text) == ["only once", "and then"])
                    #expect(try await http.tasks().count == 2)
                }
            }
        }
    }
}
