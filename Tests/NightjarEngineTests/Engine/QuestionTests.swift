import NightjarTesting
import Testing

@testable import NightjarEngine

/// `ctx:ask`: asked once, answered once, by the right person, also over a restart.
@Suite struct QuestionTests {
    private let ask = CommandDefinition(name: "ask") { context in
        let choice = try await context.ask("Deploy *now*?", choices: ["Yes", "No"], timeout: .seconds(600))
        return .answer("chosen: \(choice ?? "nothing")")
    }

    private var definitions: Definitions { Definitions(commands: [ask]) }

    private func questionID(_ engine: EngineFixture) async throws -> String {
        try #require(try await engine.store.base.openQuestions(at: engine.engine.clock.now).first).id
    }

    private func press(_ index: Int, of id: String, as user: String = "ann", in channel: String = "#ops") -> PlatformEvent {
        .choice(QuestionChoice(question: id, index: index, address: Address(platform: "test", channel: channel, user: user)))
    }

    @Test func `A number or the words of a choice answer where there are no buttons`() async throws {
        for answer in ["1", "yes", " YES "] {
            try await withEngine(definitions) { engine in
                try await engine.say("/ask")
                #expect(engine.platform.texts == ["Deploy *now*?\n\n1. Yes\n2. No\n\nAnswer with a number."])
                try await engine.say(answer)
                #expect(engine.platform.texts.last == "chosen: Yes")
                #expect(engine.engine.tracker.isEmpty)
            }
        }
    }

    @Test func `A button answers, once`() async throws {
        let platform = RecordingPlatform(capabilities: PlatformCapabilities(buttonsMax: 5))
        try await withEngine(definitions, platform: platform) { engine in
            try await engine.say("/ask")
            #expect(platform.texts == ["Deploy *now*?"])
            #expect(platform.delivered.all[0].question?.choices == ["Yes", "No"])
            let id = try await questionID(engine)
            #expect(try await engine.engine.take([press(1, of: id), press(0, of: id, as: "bob")]).count == 2)
            await engine.settle()
            #expect(platform.texts.last == "chosen: No")
            #expect(try await engine.engine.take([press(1, of: id)]) == [.chosen("No")])
            #expect(try await engine.engine.take([press(0, of: id)]) == [.refused("this was answered already: No")])
            await engine.settle()
            #expect(platform.texts.count == 2)
        }
    }

    @Test func `Only who was asked may answer, and only there`() async throws {
        try await withEngine(definitions) { engine in
            try await engine.say("/ask")
            let id = try await questionID(engine)
            for stranger in [press(0, of: id, as: "bob"), press(0, of: id, in: "#other")] {
                #expect(try await engine.engine.take([stranger]) == [.refused("somebody else was asked this")])
            }
            #expect(
                try await engine.engine.take([press(0, of: "nosuch"), press(7, of: id)]).allSatisfy {
                    $0 == .refused("this question is not open any more")
                })
            try await engine.say("1", as: "bob")
            #expect(engine.platform.texts.contains { $0.hasPrefix("chosen") } == false)
        }
    }

    @Test func `What it waits for people takes no time of a handler`() async throws {
        let command = CommandDefinition(name: "ask") { context in
            _ = try await context.ask("Now?", choices: ["Yes"], timeout: .seconds(3600))
            return .answer("left: \(context.remainingTime ?? .zero)")
        }
        try await withEngine(Definitions(settings: EngineSettings(commandTimeout: .seconds(60)), commands: [command])) { engine in
            try await engine.say("/ask")
            await engine.advance(by: .seconds(1800))
            try await engine.say("1")
            #expect(engine.platform.texts.last == "left: 60.0 seconds")
        }
    }

    @Test func `A question that nobody answers ends with nothing`() async throws {
        try await withEngine(definitions) { engine in
            try await engine.say("/ask")
            let id = try await questionID(engine)
            await engine.advance(by: .seconds(600))
            #expect(engine.platform.texts.last == "chosen: nothing")
            #expect(try await engine.engine.take([press(0, of: id)]) == [.refused("the time to answer this is over")])
        }
    }

    @Test(arguments: [true, false]) func `After a crash it is not asked again, and the answer counts`(isAnsweredBetween: Bool) async throws {
        let store = MemoryStore()
        let clock = VirtualClock()
        let id = try await withEngine(definitions, over: store, clock: clock) { engine in
            try await engine.say("/ask")
            let id = try await questionID(engine)
            engine.crash()
            return id
        }
        if isAnsweredBetween {
            let choice = QuestionChoice(question: id, index: 1, address: Address(platform: "test", channel: "#ops", user: "ann"))
            guard case .answered = try store.answer(choice, at: EngineFixture.start + .seconds(1)) else { throw StoreError(.closed, "not taken") }
        }
        try await withEngine(definitions, over: store, clock: clock) { engine in
            if !isAnsweredBetween { try await engine.say("2") }
            await engine.settle()
            #expect(engine.platform.texts == ["chosen: No"])
        }
    }

    @Test func `An answer of days ago counts after a crash, while its handler waits for the next`() async throws {
        let store = MemoryStore()
        let clock = VirtualClock()
        let twice = CommandDefinition(name: "ask") { context in
            let first = try await context.ask("First?", choices: ["Yes", "No"], timeout: .seconds(600))
            let second = try await context.ask("Second?", choices: ["Yes", "No"], timeout: .seconds(7 * 24 * 3600))
            return .answer("chosen: \(first ?? "nothing"), \(second ?? "nothing")")
        }
        try await withEngine(Definitions(commands: [twice]), over: store, clock: clock) { engine in
            try await engine.say("/ask")
            try await engine.say("2")
            await engine.advance(by: .seconds(3 * 24 * 3600))
            engine.crash()
        }
        try await withEngine(Definitions(commands: [twice]), over: store, clock: clock) { engine in
            try await engine.say("1")
            #expect(engine.platform.texts == ["chosen: No, Yes"])
        }
    }

    @Test func `An answer that a trigger was given days ago counts after a crash`() async throws {
        let store = MemoryStore()
        let clock = VirtualClock()
        let trigger = TriggerDefinition(name: "t", schedule: .every(.seconds(600)), channel: "test:#ops") { context in
            let first = try await context.ask("First?", choices: ["Yes", "No"], timeout: .seconds(600))
            let second = try await context.ask("Second?", choices: ["Yes", "No"], timeout: .seconds(7 * 24 * 3600))
            return .answer("chosen: \(first ?? "nothing"), \(second ?? "nothing")")
        }
        let definitions = Definitions(triggers: [trigger])
        try await withEngine(definitions, over: store, clock: clock, runsTriggers: true) { engine in
            await engine.advance(by: .seconds(600))
            try await engine.say("2")
            await engine.advance(by: .seconds(2 * 24 * 3600))
            engine.crash()
        }
        try await withEngine(definitions, over: store, clock: clock, runsTriggers: true) { engine in
            await engine.settle()
            try await engine.say("1")
            #expect(engine.platform.texts.first == "chosen: No, Yes")
        }
    }

    @Test func `What is typed after the task that asked was cancelled is no answer`() async throws {
        let store = MemoryStore()
        let clock = VirtualClock()
        let tool = ScriptedTool("t") { _, context in try await context.ask("Really?", choices: ["Yes", "No"]) ?? "" }
        let model = ScriptedModel(.calls([.sample("t")]), .answer("said"), .answer("said"))
        let definitions = Definitions.helper(model, tools: [tool])
        try await withEngine(definitions, over: store, clock: clock) { engine in
            try await engine.say("/run agent helper go")
            #expect(engine.platform.texts.contains { $0.hasPrefix("Really?") })
            let task = try #require(try await engine.tasks().first)
            try await engine.say("/cancel task \(task.id)")
            try await engine.say("yes")
            #expect(engine.platform.texts.last == "said")
        }
        try await withEngine(definitions, over: store, clock: clock) { engine in
            try await engine.say("1")
            #expect(engine.platform.texts.last == "said")
        }
    }

    @Test func `A script that asks something else after a crash is told so`() async throws {
        let store = MemoryStore()
        let clock = VirtualClock()
        try await withEngine(definitions, over: store, clock: clock) { engine in
            try await engine.say("/ask")
            engine.crash()
        }
        let other = CommandDefinition(name: "ask") { context in
            .answer(try await context.ask("Delete all?", choices: ["Yes", "No"]) ?? "")
        }
        try await withEngine(Definitions(commands: [other]), over: store, clock: clock) { engine in
            #expect(engine.platform.texts.last?.contains("the script changed") == true)
        }
    }

    @Test func `A shutdown does not wait for people`() async throws {
        try await withEngine(definitions) { engine in
            try await engine.say("/ask")
            await engine.beginShutdown()
            await engine.advance(by: .seconds(1))
            #expect(engine.hasStopped)
            #expect(try await engine.store.base.unhandledMessages().count == 1)
        }
    }

    @Test func `What is no question is refused`() async throws {
        for (choices, timeout) in [
            ([], 60), (["a", "A"], 60), ([""], 60), ([String(repeating: "x", count: 76)], 60), (["a"], 0), (["a"], 8 * 86_400),
        ] {
            let command = CommandDefinition(name: "ask") { context in
                .answer(try await context.ask("?", choices: choices, timeout: .seconds(timeout)) ?? "")
            }
            try await withEngine(Definitions(commands: [command])) { engine in
                try await engine.say("/ask")
                #expect(engine.platform.texts.count == 1)
                #expect(engine.platform.delivered.all[0].kind == "error", "\(choices) \(timeout)")
            }
        }
    }
}
