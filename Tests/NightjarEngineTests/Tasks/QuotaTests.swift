import NightjarEngine
import NightjarTesting
import Testing

@Suite struct QuotaTests {
    @Test func `Three tasks per person, the fourth is refused with a clear answer`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model)) { engine in
            for number in 0..<4 { try await engine.say("/run agent helper \(number)") }
            #expect(try await engine.tasks().count == 3)
            let answer = try #require(engine.platform.texts.last)
            #expect(answer.contains("You have 3 tasks pending or running"))
        }
    }

    @Test func `Persons of the same name on other platforms have their own quota`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model)) { engine in
            engine.engine.install(RecordingPlatform(name: "other"))
            for number in 0..<3 { try await engine.say("/run agent helper \(number)") }
            for number in 0..<3 { try await engine.say("/run agent helper \(number)", on: "other") }
            #expect(try await engine.tasks().count == 6)
        }
    }

    @Test func `Submissions at the same moment do not exceed it`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        let engine = EngineUnderLoad(.helper(model))
        try await engine.run {
            let taken = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        (try? await engine.engine.submitTask(agent: "helper", input: "\(number)", user: "ann")) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 3)
        }
    }

    enum Ending: CaseIterable { case completed, failed, cancelled, timedOut }

    @Test(arguments: Ending.allCases) func `It is released once, whatever the ending`(ending: Ending) async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.hangs, .hangs, .speaks(text), otherwise: .hangs)
        let settings = EngineSettings(commandTimeout: .seconds(100), autoAcknowledge: false)
        try await withEngine(.helper(model, settings: settings)) { engine in
            try await engine.say("/run agent helper a")
            try await engine.say("/run agent helper b")
            if ending == .timedOut { await engine.advance(by: .seconds(50)) }
            try await engine.say("/run agent helper c")
            switch ending {
            case .completed: text.end()
            case .failed: text.end(throwing: ModelError(.request, "no", isRetryable: false))
            case .cancelled: try await engine.say("/cancel task \(try await engine.tasks()[2].id)")
            case .timedOut: await engine.advance(by: .seconds(50))
            }
            await engine.settle()
            let freed = ending == .timedOut ? 2 : 1
            for number in 0..<3 { try await engine.say("/run agent helper again\(number)") }
            #expect(try await engine.tasks().count == 3 + freed)
        }
    }

    @Test func `Messages that queue in a session are not counted`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text))
        try await withEngine(.helper(model)) { engine in
            for number in 0..<5 { try await engine.say("hello \(number)") }
            #expect(try await engine.tasks().count == 1)
            text.end()
            await engine.settle()
            #expect(try await engine.tasks().filter { $0.state == .completed }.count == 5)
        }
    }
}
