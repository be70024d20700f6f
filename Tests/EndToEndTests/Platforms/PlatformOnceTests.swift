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
    }
}
