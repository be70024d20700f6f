import NightjarEngine
import NightjarTesting
import Testing

@Suite struct ModelContextTests {
    @Test func `A model that is a script acts through one context, and its effects happen once`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let model = ScriptedModel(
            otherwise: .does { request, _ in
                let context = try #require(HandlerContext.current)
                #expect(HandlerContext.current?.id == context.id)
                try await context.reply("one")
                try await HandlerContext.current?.reply("two")
                if clock.now.offset == .zero { try await Hanging.untilCancelled() }
                return ModelResponse(text: "done")
            })
        let definitions = Definitions.helper(model, settings: EngineSettings(autoAcknowledge: false))
        try await withEngine(definitions, over: store, clock: clock) { engine in
            try await engine.say("hello")
            #expect(engine.platform.texts == ["one", "two"])
            engine.crash()
        }
        await clock.advance(by: .seconds(1))
        try await withEngine(definitions, over: store, clock: clock) { engine in
            #expect(engine.platform.texts == ["done"])
        }
        #expect(HandlerContext.current == nil)
    }
}
