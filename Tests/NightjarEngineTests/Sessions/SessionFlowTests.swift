import NightjarEngine
import NightjarTesting
import Testing

@Suite struct SessionFlowTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    @Test func `Messages of one conversation are answered one after the other, in order`() async throws {
        let (first, second) = (ReleasedText(), ReleasedText())
        let model = ScriptedModel(.speaks(first), .speaks(second), .answer("3"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            for text in ["a", "b", "c"] { try await engine.say(text) }
            #expect(model.requests.all.map(\.input) == ["a"])
            first.say("1")
            first.end()
            await engine.settle()
            #expect(model.requests.all.map(\.input) == ["a", "b"])
            second.say("2")
            second.end()
            await engine.settle()
            #expect(engine.platform.texts == ["1", "2", "3"])
            #expect(model.activeMax == 1)
        }
    }

    @Test func `Other conversations are not held up`() async throws {
        let model = ScriptedModel(.hangs, otherwise: .answer("hello"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("slow")
            try await engine.say("b", as: "bob")
            try await engine.say("c", in: "#other")
            try await engine.say("d", thread: "t1")
            #expect(engine.platform.texts == ["hello", "hello", "hello"])
        }
    }

    @Test func `A run does not wait for the session`() async throws {
        let model = ScriptedModel(.hangs, .answer("independent"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("slow")
            try await engine.say("/run agent helper x")
            #expect(engine.platform.texts.count == 1)
        }
    }

    @Test func `A hundred messages wait at most`() async throws {
        let model = ScriptedModel(.hangs)
        try await withEngine(.helper(model, settings: quiet)) { engine in
            for number in 0...100 { try await engine.say("\(number)") }
            #expect(engine.platform.texts.isEmpty)
            try await engine.say("one too many")
            #expect(engine.platform.texts.count == 1)
            #expect(engine.platform.texts[0].contains("too many messages waiting"))
        }
    }

    @Test func `Queued messages survive a restart, in order, even more than a queue holds`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let model = ScriptedModel(.hangs)
        try await withEngine(.helper(model, settings: quiet), over: store, clock: clock) { engine in
            for number in 0..<5 { try await engine.say("\(number)") }
            engine.crash()
        }
        await clock.advance(by: .seconds(1))
        var small = quiet
        small.sessionQueueMax = 1
        try await withEngine(.helper(model, settings: small), over: store, clock: clock) { engine in
            #expect(model.requests.all.map(\.input) == ["0", "0", "1", "2", "3", "4"])
            #expect(engine.platform.texts.count == 5)
        }
    }

    @Test func `A failed turn does not stop the next one`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text), .answer("fine"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("a")
            try await engine.say("b")
            text.end(throwing: ModelError(.request, "no", isRetryable: false))
            await engine.settle()
            #expect(engine.platform.texts.count == 2)
            #expect(engine.platform.texts[0].contains("Task failed"))
            #expect(engine.platform.texts[1] == "fine")
        }
    }

    @Test func `Queued turns that are refused do not hold up those behind them`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.hangs, .hangs, .speaks(text), otherwise: .answer("fine"))
        try await withEngine(.helper(model, settings: quiet)) { engine in
            try await engine.say("/run agent helper 1")
            try await engine.say("/run agent helper 2")
            try await engine.say("a")
            try await engine.say("b")
            try await engine.say("/run agent helper 3")
            #expect(engine.platform.texts.last?.contains("You have 3 tasks") == true)
            text.end()
            await engine.settle()
            #expect(try await engine.tasks().filter(\.isSessionTurn).map(\.state) == [.completed, .completed])
        }
    }

    @Test func `A plain message without an agent to answer says so`() async throws {
        try await withEngine(Definitions()) { engine in
            try await engine.say("hello")
            #expect(engine.platform.texts.count == 1)
            #expect(engine.platform.texts[0].contains("nobody here answers plain messages"))
        }
    }
}
