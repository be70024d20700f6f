import NightjarTesting
import Testing

@testable import NightjarEngine

/// Replies that go out as several messages.
@Suite struct LongReplyTests {
    /// Three characters to a message.
    struct Narrow: TextLayout {
        func render(markdown: String) -> [String] { split(markdown) }

        func split(_ text: String) -> [String] {
            var rest = text[...]
            var parts: [String] = []
            repeat {
                parts.append(String(rest.prefix(3)))
                rest = rest.dropFirst(3)
            } while !rest.isEmpty
            return parts
        }
    }

    private let parrot = Definitions(messageHandlers: [MessageHandlerDefinition(pattern: ".") { .answer($0.text) }])

    private func makePlatform() -> RecordingPlatform { RecordingPlatform(layout: Narrow()) }

    @Test func `A long answer goes out in order, part by part`() async throws {
        try await withEngine(parrot, platform: makePlatform()) { engine in
            let message = try await engine.say("abcdefgh")
            #expect(engine.platform.texts == ["abc", "def", "gh"])
            let sent = engine.platform.delivered.all
            #expect(sent.map(\.part) == [0, 1, 2])
            #expect(Set(sent.map(\.idempotencyKey)).count == 3)
            let entry = try #require(try await engine.engine.replies(to: message.id).first)
            #expect(entry.state == .delivered)
            #expect(entry.rendered == .parts(["abc", "def", "gh"]))
        }
    }

    @Test func `A part that fails is tried again, and those before it are not sent twice`() async throws {
        try await withEngine(parrot, platform: makePlatform()) { engine in
            engine.platform.obstruct { _ in }
            engine.platform.fail(2)
            try await engine.say("abcdefgh")
            #expect(engine.platform.texts == ["abc"])
            await engine.advance(by: .seconds(10))
            #expect(engine.platform.texts == ["abc", "def", "gh"])
            #expect(engine.platform.attempts.count == 5)
        }
    }

    @Test func `After a crash the rest is sent, and not the whole`() async throws {
        let store = MemoryStore()
        let clock = VirtualClock()
        try await withEngine(parrot, over: store, clock: clock, platform: makePlatform()) { engine in
            engine.platform.obstruct { _ in }
            engine.platform.obstruct { _ in
                engine.crash(); throw DeliveryError("the process died", isRetryable: true)
            }
            try await engine.say("abcdefgh")
            #expect(engine.platform.texts == ["abc"])
        }
        try await withEngine(parrot, over: store, clock: clock, platform: makePlatform()) { engine in
            #expect(engine.platform.texts == ["def", "gh"])
        }
    }

    @Test func `A formatter's text is cut as well`() async throws {
        struct Formatter: FormatterOverride {
            func format(_ content: ReplyContent) async throws -> RenderedMessage? { .text("123456") }
        }
        var definitions = parrot
        definitions.formatters = ["test": Formatter()]
        try await withEngine(definitions, platform: makePlatform()) { engine in
            try await engine.say("x")
            #expect(engine.platform.texts == ["123", "456"])
        }
    }
}
