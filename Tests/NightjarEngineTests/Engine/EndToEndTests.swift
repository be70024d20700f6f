import NightjarEngine
import NightjarTesting
import Testing

@Suite struct EndToEndTests {
    @Test func `A plain message is answered by the default agent`() async throws {
        let model = ScriptedModel(.answer("all is well"))
        try await withEngine(.helper(model)) { engine in
            try await engine.say("how are you?")
            #expect(engine.platform.texts == ["all is well"])
            #expect(model.requests.all.first?.input == "how are you?")
        }
    }

    @Test func `A run is acknowledged at once and reported when it ends`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text))
        try await withEngine(.helper(model)) { engine in
            try await engine.say("/run agent helper look around")
            let task = try #require(try await engine.tasks().first)
            #expect(engine.platform.texts == ["✓ Task started: \(task.id)"])
            text.say("nothing")
            text.end()
            await engine.settle()
            #expect(engine.platform.texts.last == "✅ Task completed: \(task.id) (helper)\n\nnothing")
        }
    }

    @Test func `An idle engine rests`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            let claims = engine.store.calls(of: .claim)
            await engine.advance(by: .seconds(30))
            #expect(engine.store.calls(of: .claim) == claims)
        }
    }
}
