import Foundation
import Synchronization
import Testing

extension EndToEnd {
    /// Cuts the engine off between its acknowledgement and its reply, again and again.
    @Suite struct PlatformCutOffTests {
        private static let rounds = ProcessInfo.processInfo.environment["NIGHTJAR_CUTOFF_ROUNDS"].flatMap { Int($0) } ?? 3
        /// What the log says of a platform where a reply may be seen twice, and where not.
        private static let warning = "one that had arrived is seen twice"
        private static let promise = "each is seen once"

        @Test(.timeLimit(.minutes(20)), arguments: SceneName.acknowledging)
        func `what was acknowledged is answered, whenever the engine is cut off`(name: SceneName) async throws {
            try await name.play { scene in
                let project = try PlatformProject.make(scene)
                var said: [ScenePlace: [String]] = [:]
                var logs = ""
                for round in 1...Self.rounds {
                    logs += try await NightjarProcess.run(project, environment: scene.secrets) { process, http in
                        for place in ScenePlace.allCases {
                            let text = "round \(round) place \(place.rawValue)"
                            #expect(try await scene.say(text, in: place, http).allSatisfy { $0 == 200 })
                            said[place, default: []].append(text)
                        }
                        try await pass(.milliseconds(Int.random(in: 0...150)))
                        try await process.cutOff()
                        return process.log
                    }
                }
                let expected = said
                try await NightjarProcess.run(project, environment: scene.secrets) { process, http in
                    var doubles = 0
                    for place in ScenePlace.allCases {
                        let expected = expected[place] ?? []
                        let answers = try await scene.answers(in: place, "all answers", within: .seconds(300)) { answers in
                            expected.allSatisfy { text in answers.contains { $0.text == text } }
                        }.map(\.text)
                        doubles += answers.count - expected.count
                        #expect(Set(answers) == Set(expected))
                        #expect(answers.enumerated().filter { answers.firstIndex(of: $0.element) == $0.offset }.map(\.element) == expected)
                    }
                    logs += process.log
                    #expect(try await http.tasks().count == expected.values.joined().count)
                    #expect(doubles == 0 || (!name.sendsOnce && logs.contains(Self.warning)))
                    #expect(!logs.contains(name.sendsOnce ? Self.warning : Self.promise))
                    let acknowledged = expected.values.joined().count
                    print("\(name), cut off \(Self.rounds) times: \(acknowledged) acknowledged and answered, \(doubles) seen twice")
                }
            }
        }
    }
}
