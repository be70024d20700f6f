import NightjarEngine
import NightjarTesting
import Testing

@Suite struct InboxTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    private func message(_ text: String, id: String?, user: String = "ann", platform: String = "test", channel: String = "c") -> InboundMessage {
        InboundMessage(
            address: Address(platform: platform, channel: channel, user: user), externalID: id, text: text,
            receivedAt: Timestamp(milliseconds: 1_767_225_600_000))
    }

    @Test func `The same message is taken once, and its answer is not repeated`() async throws {
        let model = ScriptedModel()
        try await withEngine(.helper(model)) { engine in
            let first = message("hi", id: "m1")
            #expect(try await engine.engine.accept(first) == .accepted)
            await engine.settle()
            guard case .duplicate(let known) = try await engine.engine.accept(message("hi", id: "m1")) else {
                return #expect(Bool(false), "a duplicate")
            }
            await engine.settle()
            #expect(known.message.id == first.id)
            #expect(model.requests.count == 1)
            #expect(engine.platform.texts.count == 1)
        }
    }

    @Test func `The same id with another text is a conflict`() async throws {
        let model = ScriptedModel()
        try await withEngine(.helper(model)) { engine in
            _ = try await engine.engine.accept(message("hi", id: "m1"))
            guard case .conflict = try await engine.engine.accept(message("ho", id: "m1")) else {
                return #expect(Bool(false), "a conflict")
            }
            await engine.settle()
            #expect(model.requests.all.map(\.input) == ["hi"])
        }
    }

    @Test func `An id means its platform, channel and user`() async throws {
        let model = ScriptedModel()
        try await withEngine(.helper(model)) { engine async throws in
            for message in [
                message("hi", id: "m1"), message("hi", id: "m1", user: "bob"), message("hi", id: "m1", platform: "other"),
                message("hi", id: "m1", channel: "d"), message("hi", id: nil), message("hi", id: nil),
            ] {
                #expect(try await engine.engine.accept(message) == .accepted)
            }
        }
    }

    @Test func `A message that repeats while the first is being handled starts nothing`() async throws {
        let model = ScriptedModel(otherwise: .hangs)
        try await withEngine(.helper(model)) { engine in
            let outcomes = try await withThrowingTaskGroup(of: AcceptOutcome.self) { group in
                for _ in 0..<20 { group.addTask { try await engine.engine.accept(message("hi", id: "m1")) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            await engine.settle()
            #expect(outcomes.filter { $0 == .accepted }.count == 1)
            #expect(model.requests.count == 1)
        }
    }

    @Test func `Refusals are stored answers too`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine in
            let first = try await engine.say("/run agnt helper x", externalID: "m1")
            #expect(engine.platform.texts.count == 1)
            try await engine.say("/run agnt helper x", externalID: "m1")
            #expect(engine.platform.texts.count == 1)
            #expect(try await engine.engine.replies(to: first.id).count == 1)
        }
    }

    @Test func `An engine that has not started or shuts down takes nothing`() async throws {
        let clock = VirtualClock()
        let unprepared = EngineUnderLoad(.helper(ScriptedModel())).engine
        await #expect(throws: EngineError.self) { try await unprepared.accept(message("hi", id: nil)) }
        try await withEngine(.helper(ScriptedModel(otherwise: .hangs)), clock: clock) { engine in
            try await engine.say("/run agent helper x")
            await engine.beginShutdown()
            await engine.settle()
            await #expect(throws: EngineError.self) { try await engine.engine.accept(message("hi", id: nil)) }
            #expect(try await engine.store.base.unhandledMessages().isEmpty)
        }
    }

    @Test func `A full disk refuses messages, and status still works`() async throws {
        try await withEngine(.helper(ScriptedModel())) { engine async throws in
            engine.store.fail(.accept)
            await #expect(throws: StoreError.self) { try await engine.engine.accept(message("hi", id: "m1")) }
            #expect(engine.engine.isReady)
            #expect(try await engine.engine.overview(user: nil, at: engine.engine.clock.now).active.isEmpty)
            engine.store.mend()
            #expect(try await engine.engine.accept(message("hi", id: "m1")) == .accepted)
        }
    }

    @Test func `A slow handler holds up nobody else`() async throws {
        let slow = CommandDefinition(name: "slow") { _ in try await Hanging.untilCancelled() }
        try await withEngine(.helper(ScriptedModel(), settings: quiet, commands: [slow])) { engine in
            try await engine.say("/slow")
            try await engine.say("hello")
            #expect(engine.platform.texts == ["ok"])
        }
    }

    @Test func `Handlers of one conversation's plain messages run in order`() async throws {
        let gate = AsyncGate()
        let log = Recorder<String>()
        let handler = MessageHandlerDefinition(pattern: ".") { context in
            if context.text == "first" { await gate.wait() }
            log.add(context.text)
            return .answer(context.text)
        }
        try await withEngine(.helper(ScriptedModel(), messageHandlers: [handler])) { engine in
            try await engine.say("first")
            try await engine.say("second")
            try await engine.say("elsewhere", in: "#other")
            #expect(log.all == ["elsewhere"])
            gate.open()
            await engine.settle()
            #expect(log.all == ["elsewhere", "first", "second"])
        }
    }

    @Test func `The first handler that answers wins`() async throws {
        let log = Recorder<String>()
        let handlers = ["a", "b", "c"].map { name in
            MessageHandlerDefinition(pattern: name) { _ in
                log.add(name)
                return name == "b" ? .answer("from b") : .none
            }
        }
        let model = ScriptedModel()
        try await withEngine(.helper(model, messageHandlers: handlers)) { engine in
            try await engine.say("hello")
            #expect(log.all == ["a", "b"])
            #expect(engine.platform.texts == ["from b"])
            #expect(model.requests.count == 0)
        }
    }

    @Test func `Parse errors are answered and never reach a model`() async throws {
        let model = ScriptedModel()
        try await withEngine(.helper(model)) { engine in
            try await engine.say("/nonsense")
            #expect(engine.platform.texts.count == 1)
            #expect(model.requests.count == 0)
        }
    }
}
