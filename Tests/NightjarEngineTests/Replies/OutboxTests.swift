import InMemoryLogging
import Logging
import NightjarEngine
import NightjarTesting
import Testing

@Suite struct OutboxTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    /// Answers every plain message with its own text.
    private func parrot(formatter: (any FormatterOverride)? = nil) -> Definitions {
        let handler = MessageHandlerDefinition(pattern: ".") { .answer($0.text) }
        return Definitions(messageHandlers: [handler], formatters: formatter.map { ["test": $0] } ?? [:])
    }

    @Test func `A channel keeps its order while a delivery is tried again`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.fail()
            try await engine.say("one")
            try await engine.say("two", as: "bob")
            try await engine.say("elsewhere", in: "#other")
            #expect(engine.platform.texts == ["elsewhere"])
            await engine.advance(by: .seconds(1))
            #expect(engine.platform.texts == ["elsewhere", "one", "two"])
        }
    }

    @Test func `The pause doubles, up to ten minutes, and the twelfth failure is the last`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.fail(12)
            try await engine.say("one")
            var times: [Int64] = []
            let start = engine.engine.clock.uptime
            while engine.platform.attempts.count < 12, let wake = engine.clock.nextWake {
                let before = engine.platform.attempts.count
                await engine.clock.advance(to: wake)
                if engine.platform.attempts.count > before { times.append((engine.engine.clock.uptime - start).components.seconds) }
            }
            #expect(times == [1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 1623])
            #expect(try await engine.store.base.outboxCounts() == [.pending: 0, .delivered: 0, .dead: 1])
            try await engine.say("two")
            #expect(engine.platform.texts == ["two"])
        }
    }

    @Test func `The receiver's wish is honoured`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.fail(with: DeliveryError("slow down", isRetryable: true, retryAfter: .seconds(20)))
            try await engine.say("one")
            await engine.advance(by: .seconds(19))
            #expect(engine.platform.texts.isEmpty)
            await engine.advance(by: .seconds(1))
            #expect(engine.platform.texts == ["one"])
        }
    }

    @Test func `Who wants to be asked again at once is given a second`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.fail(3, with: DeliveryError("busy", isRetryable: true, retryAfter: .zero))
            try await engine.say("one")
            #expect(engine.platform.attempts.count == 1)
            await engine.advance(by: .seconds(2))
            #expect(engine.platform.attempts.count == 3)
            await engine.advance(by: .seconds(1))
            #expect(engine.platform.texts == ["one"])
        }
    }

    @Test func `A platform that is busy for long does not use up the attempts`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.fail(50, with: DeliveryError("slow down", isRetryable: true, retryAfter: .seconds(600)))
            try await engine.say("one")
            await engine.advance(by: .seconds(600 * 49))
            #expect(engine.platform.texts.isEmpty)
            await engine.advance(by: .seconds(600))
            #expect(engine.platform.texts == ["one"])
        }
    }

    @Test func `Attempts that the platform put off do not count when one fails`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.fail(20, with: DeliveryError("slow down", isRetryable: true, retryAfter: .seconds(1)))
            engine.platform.fail(2)
            try await engine.say("one")
            await engine.advance(by: .seconds(20 + 1 + 2))
            #expect(engine.platform.texts == ["one"])
        }
    }

    @Test func `A platform that puts a message off for a day has refused it`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.fail(1000, with: DeliveryError("slow down", isRetryable: true, retryAfter: .seconds(3600)))
            let message = try await engine.say("one")
            await engine.advance(by: .seconds(23 * 3600))
            #expect(try await engine.engine.replies(to: message.id).first?.state == .pending)
            await engine.advance(by: .seconds(3600))
            #expect(try await engine.engine.replies(to: message.id).first?.state == .dead)
        }
    }

    @Test func `What a formatter made and the platform refuses is sent as the native one makes it`() async throws {
        try await withEngine(parrot(formatter: PayloadFormatter())) { engine in
            engine.platform.fail(with: DeliveryError("invalid blocks", isRetryable: false, isAboutContent: true))
            try await engine.say("one")
            #expect(engine.platform.attempts.all.map(\.rendered) == [.payload(["blocks": []]), .text("one")])
            #expect(engine.platform.texts == ["one"])
            let entries = engine.log.entries.filter { $0.message.description.contains("refuses a reply as it was formatted") }
            #expect(entries.count == 1)
        }
    }

    @Test func `What is refused for another reason is not sent in another form`() async throws {
        try await withEngine(parrot(formatter: PayloadFormatter())) { engine in
            engine.platform.fail(with: DeliveryError("not in the channel", isRetryable: false))
            try await engine.say("one")
            #expect(engine.platform.attempts.all.map(\.rendered) == [.payload(["blocks": []])])
        }
    }

    @Test func `What cannot succeed is given up at once, logged and kept`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.fail(with: DeliveryError("no such channel", isRetryable: false))
            let message = try await engine.say("one")
            let entry = try #require(try await engine.engine.replies(to: message.id).first)
            #expect(entry.state == .dead)
            #expect(entry.lastError == "no such channel")
            #expect(entry.attempts == 1)
        }
    }

    @Test func `The text is frozen when it is first shown`() async throws {
        let formatter = CountingFormatter()
        try await withEngine(parrot(formatter: formatter)) { engine in
            engine.platform.fail(2)
            try await engine.say("one")
            await engine.advance(by: .seconds(3))
            #expect(engine.platform.attempts.all.map(\.rendered) == [.text("1: one"), .text("1: one"), .text("1: one")])
            #expect(Set(engine.platform.attempts.all.map(\.id)).count == 1)
        }
    }

    @Test func `It stays frozen over a restart`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let formatter = CountingFormatter()
        try await withEngine(parrot(formatter: formatter), over: store, clock: clock) { engine in
            engine.platform.fail(1)
            try await engine.say("one")
            engine.crash()
        }
        try await withEngine(parrot(formatter: formatter), over: store, clock: clock) { engine in
            await engine.advance(by: .seconds(1))
            #expect(engine.platform.texts == ["1: one"])
        }
    }

    @Test func `A formatter that fails costs its looks, never the answer`() async throws {
        try await withEngine(parrot(formatter: BrokenFormatter())) { engine in
            try await engine.say("one")
            #expect(engine.platform.texts == ["one"])
        }
    }

    @Test func `A formatter that passes leaves it to the native one`() async throws {
        try await withEngine(parrot(formatter: PassingFormatter())) { engine in
            try await engine.say("one")
            #expect(engine.platform.texts == ["one"])
        }
    }

    @Test func `A platform that keeps its replies costs one write`() async throws {
        let handler = MessageHandlerDefinition(pattern: ".") { .answer($0.text) }
        try await withEngine(Definitions(messageHandlers: [handler])) { engine in
            let keeping = RecordingPlatform(name: "keeping", capabilities: PlatformCapabilities(keepsReplies: true))
            engine.engine.install(keeping)
            let message = try await engine.say("one", on: "keeping")
            #expect(try await engine.engine.replies(to: message.id).map(\.rendered) == [.text("one")])
            #expect(engine.store.calls(of: .updateOutbox) == 0)
            #expect(keeping.attempts.count == 0)
            try await engine.say("two", on: "keeping", replyRoute: "https://example.com")
            #expect(keeping.texts == ["two"])
        }
    }

    @Test func `What answers no message is in the log where replies are kept with theirs`() async throws {
        let command = CommandDefinition(name: "tell") { context in
            try await context.post("look", to: "keeping:ops")
            return .none
        }
        try await withEngine(.helper(ScriptedModel(), commands: [command])) { engine in
            engine.engine.install(RecordingPlatform(name: "keeping", capabilities: PlatformCapabilities(keepsReplies: true)))
            try await engine.say("/tell")
            let entry = try #require(engine.log.entries.first { $0.message == "a message to a place where only answers are read" })
            #expect(entry.metadata["channel"] == "ops" && entry.metadata["text"] == "look")
        }
    }

    @Test func `A delivery that cannot be recorded is recorded when the store works again`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.obstruct { _ in engine.store.fail(.updateOutbox, times: 3) }
            try await engine.say("one")
            #expect(try await engine.store.base.outboxCounts()[.pending] == 1)
            await engine.advance(by: .seconds(5))
            #expect(try await engine.store.base.outboxCounts()[.delivered] == 1)
            #expect(engine.platform.texts == ["one"])
        }
    }

    @Test func `A platform that says it was cancelled is tried again, not at once`() async throws {
        try await withEngine(parrot()) { engine in
            engine.platform.obstruct { _ in throw CancellationError() }
            try await engine.say("one")
            #expect(engine.platform.attempts.count == 1)
            await engine.advance(by: .seconds(1))
            #expect(engine.platform.texts == ["one"])
        }
    }

    @Test func `Many replies to many channels are each delivered once`() async throws {
        let load = EngineUnderLoad(parrot())
        let platform = RecordingPlatform()
        load.engine.install(platform)
        try await load.run {
            try await withThrowingTaskGroup { group in
                for number in 0..<400 {
                    group.addTask {
                        let address = Address(platform: "test", channel: "c\(number % 5)", user: "u\(number)")
                        let message = InboundMessage(address: address, text: "\(number)", receivedAt: load.engine.clock.now)
                        _ = try await load.engine.accept(message)
                    }
                }
                try await group.waitForAll()
            }
            await platform.delivered.waitForCount(400)
        }
        #expect(platform.texts.compactMap { Int($0) }.sorted() == Array(0..<400))
    }
}

private struct BrokenFormatter: FormatterOverride {
    func format(_ content: ReplyContent) async throws -> RenderedMessage? { throw ScriptError(message: "nil value") }
}

private struct PassingFormatter: FormatterOverride {
    func format(_ content: ReplyContent) async throws -> RenderedMessage? { nil }
}

private struct PayloadFormatter: FormatterOverride {
    func format(_ content: ReplyContent) async throws -> RenderedMessage? { .payload(["blocks": []]) }
}

/// Never formats the same way twice.
private struct CountingFormatter: FormatterOverride {
    private let runs = Recorder<Void>()

    func format(_ content: ReplyContent) async throws -> RenderedMessage? {
        runs.add(())
        guard case .text(let text) = content else { return nil }
        return .text("\(runs.count): \(text)")
    }
}
