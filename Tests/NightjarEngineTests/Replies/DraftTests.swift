import NightjarTesting
import Testing

@testable import NightjarEngine

/// Answers that are shown while they are written.
@Suite struct DraftTests {
    private let settings = EngineSettings(autoAcknowledge: false)

    private func makePlatform() -> RecordingPlatform { RecordingPlatform(draftPause: .seconds(2)) }

    @Test func `A draft grows at the platform's pace, and the answer takes its place`() async throws {
        let text = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(text)), settings: settings), platform: makePlatform()) { engine in
            try await engine.say("hello")
            text.say("one ")
            await engine.advance(by: .seconds(1))
            #expect(engine.platform.drafts.all.isEmpty)
            await engine.advance(by: .seconds(1))
            text.say("two ")
            text.say("three ")
            await engine.advance(by: .seconds(2))
            // Nothing new is nothing to show.
            await engine.advance(by: .seconds(20))
            let drafts = engine.platform.drafts.all
            #expect(drafts.map(\.text) == ["one ", "one two three "])
            #expect(drafts[0].reference == nil)
            text.say("four")
            text.end()
            await engine.settle()
            #expect(engine.platform.texts == ["one two three four"])
            #expect(engine.platform.delivered.all[0].draft == drafts[1].reference)
            await engine.advance(by: .seconds(20))
            #expect(engine.platform.drafts.count == 2)
        }
    }

    @Test func `A quick answer has no draft`() async throws {
        try await withEngine(.helper(ScriptedModel(), settings: settings), platform: makePlatform()) { engine in
            try await engine.say("hello")
            await engine.advance(by: .seconds(10))
            #expect(engine.platform.drafts.all.isEmpty)
            #expect(engine.platform.delivered.all.map(\.draft) == [nil])
        }
    }

    @Test func `A platform that complains gets drafts less often`() async throws {
        let text = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(text)), settings: settings), platform: makePlatform()) { engine in
            engine.platform.refuseDrafts(with: DeliveryError("slow down", isRetryable: true, retryAfter: .seconds(30)))
            try await engine.say("hello")
            text.say("one")
            await engine.advance(by: .seconds(2))
            #expect(engine.platform.drafts.count == 1)
            await engine.advance(by: .seconds(29))
            #expect(engine.platform.drafts.count == 1)
            await engine.advance(by: .seconds(1))
            #expect(engine.platform.drafts.all.map(\.text) == ["one", "one"])
            text.end()
        }
    }

    @Test func `After a crash the answer still takes the place of the draft`() async throws {
        let store = MemoryStore()
        let clock = VirtualClock()
        let text = ReleasedText()
        try await withEngine(
            .helper(ScriptedModel(.speaks(text)), settings: settings), over: store, clock: clock, platform: makePlatform()
        ) { engine in
            try await engine.say("hello")
            text.say("one")
            await engine.advance(by: .seconds(2))
            #expect(engine.platform.drafts.count == 1)
            engine.crash()
        }
        try await withEngine(
            .helper(ScriptedModel(.answer("all of it")), settings: settings), over: store, clock: clock, platform: makePlatform()
        ) { engine in
            #expect(engine.platform.delivered.all.map(\.draft?.isEmpty) == [false])
            #expect(engine.platform.texts == ["all of it"])
        }
    }

    @Test func `A cancelled task's draft becomes the notice of its end`() async throws {
        let text = ReleasedText()
        try await withEngine(.helper(ScriptedModel(.speaks(text)), settings: settings), platform: makePlatform()) { engine in
            try await engine.say("/run agent helper x")
            text.say("one")
            await engine.advance(by: .seconds(2))
            _ = try await engine.engine.cancel(try await engine.tasks()[0].id)
            await engine.settle()
            #expect(engine.platform.delivered.all.map(\.kind) == ["task_cancelled"])
            #expect(engine.platform.delivered.all.map(\.draft) == [engine.platform.drafts.all[0].taskID.rawValue].map { "draft of \($0)" })
        }
    }
}
