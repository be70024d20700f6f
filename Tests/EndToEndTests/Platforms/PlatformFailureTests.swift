import Testing

extension EndToEnd {
    /// Vendors that are slow, broken or busy.
    @Suite struct PlatformFailureTests {
        @Test(.timeLimit(.minutes(3)))
        func `no failure loses a message, shows one twice or holds up another conversation`() async throws {
            try await SceneName.playAll { scene in
                try await NightjarProcess.run(PlatformProject.make(scene), environment: scene.secrets) { _, http in
                    for (number, failure) in SceneFailure.allCases.enumerated() {
                        let attempts = scene.sendCount
                        scene.failNextSends(failure)
                        try await scene.say("first \(number)", http)
                        try await eventually("the attempt that fails") { scene.sendCount > attempts }
                        let failed = ContinuousClock.now
                        try await scene.say("second \(number)", in: .second, http)
                        let others = try await scene.answers(in: .second, "the answer beside \(failure)") {
                            $0.last?.text == "second \(number)"
                        }
                        #expect(others.count == number + 1)
                        // Where nothing comes for seconds, the other conversation has gone on meanwhile.
                        let isSoon = ContinuousClock.now - failed < .seconds(SceneFailure.rateLimitSeconds - 1)
                        if isSoon, failure == .rateLimit || failure == .silence {
                            #expect(scene.answers(in: .first).count == number, "\(failure) at \(type(of: scene).name)")
                        }
                        let answers = try await scene.answers("the answer after \(failure)") {
                            $0.last?.text == "first \(number)"
                        }
                        #expect(answers.map(\.text) == (0...number).map { "first \($0)" })
                    }
                    #expect(scene.faults.isEmpty, "\(scene.faults.prefix(3))")
                }
            }
        }
    }
}
