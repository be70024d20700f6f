import NightjarEngine
import NightjarTesting
import Testing

@Suite struct TriggerDeliveryTests {
    private let quiet = EngineSettings(commandTimeout: .seconds(24 * 3600), autoAcknowledge: false)

    /// A trigger in `#ops` that fires every ten minutes.
    private func trigger(
        _ name: String = "t", delivery: TriggerOptions.Delivery, run: @escaping @Sendable (HandlerContext) async throws -> Void
    ) -> TriggerDefinition {
        TriggerDefinition(
            name: name, schedule: .every(.seconds(600)), options: TriggerOptions(delivery: delivery), channel: "test:#ops"
        ) { context in
            try await run(context)
            return .none
        }
    }

    private func definitions(_ model: any Model, _ triggers: TriggerDefinition...) -> Definitions {
        var definitions = Definitions.helper(model, settings: quiet)
        definitions.triggers = triggers
        return definitions
    }

    @Test func `An idle session gets the message at once, and answers into the channel`() async throws {
        let model = ScriptedModel(.answer("morning"))
        try await withEngine(
            definitions(model, trigger(delivery: .whenIdle) { try await $0.send("report") }), runsTriggers: true
        ) { engine in
            await engine.advance(by: .seconds(600))
            #expect(model.requests.all.map(\.input) == ["report"])
            #expect(engine.platform.texts == ["morning"])
            #expect(engine.platform.delivered.all[0].address.channel == "#ops")
        }
    }

    @Test func `When idle, a busy session's turn ends first`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text), .answer("second"))
        let sent = Recorder<Void>()
        let definitions = definitions(
            model,
            trigger(delivery: .immediate) { context in
                try await context.send("one")
                try await context.send("two", whenIdle: true)
                sent.add(())
            })
        try await withEngine(definitions, runsTriggers: true) { engine in
            await engine.advance(by: .seconds(600))
            #expect(model.requests.all.map(\.input) == ["one"])
            #expect(sent.count == 0)
            text.end()
            await engine.settle()
            #expect(model.requests.all.map(\.input) == ["one", "two"])
            #expect(sent.count == 1)
        }
    }

    @Test func `Two that wait never start two turns at once`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text), otherwise: .hangs)
        var firing = trigger(delivery: .whenIdle) { try await $0.send("at \($0.control.clock.now.milliseconds / 1000 % 10_000)") }
        firing.options.overlap = .allowAll
        try await withEngine(definitions(model, firing), runsTriggers: true) { engine in
            await engine.advance(by: .seconds(1800))
            #expect(model.requests.count == 1)
            text.end()
            await engine.settle()
            #expect(model.requests.count == 2)
            #expect(model.activeMax == 1)
            _ = try await engine.engine.cancel(try await engine.tasks()[1].id)
            await engine.settle()
            #expect(model.requests.count == 3)
            #expect(model.requests.all.map(\.input) == model.requests.all.map(\.input).sorted())
        }
    }

    @Test func `Immediate messages queue in order behind the running turn`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text))
        let definitions = definitions(
            model,
            trigger(delivery: .immediate) { context in
                for number in 1...3 { try await context.send("\(number)") }
                #expect(try !context.isIdle())
            })
        try await withEngine(definitions, runsTriggers: true) { engine in
            await engine.advance(by: .seconds(600))
            #expect(model.requests.all.map(\.input) == ["1"])
            text.end()
            await engine.settle()
            #expect(model.requests.all.map(\.input) == ["1", "2", "3"])
        }
    }

    @Test func `A full session refuses an immediate message with an error`() async throws {
        var definitions = definitions(
            ScriptedModel(.hangs),
            trigger(delivery: .immediate) { context in
                try await context.send("1")
                try await context.send("2")
                await #expect(throws: HandlerFailure.self) { try await context.send("3") }
            })
        definitions.settings.sessionQueueMax = 1
        try await withEngine(definitions, runsTriggers: true) { engine async throws in
            await engine.advance(by: .seconds(600))
            #expect(try await engine.store.base.unhandledMessages().map(\.message.text).filter { !$0.isEmpty } == ["2"])
        }
    }

    @Test func `An interrupt stops the turn and goes first`() async throws {
        let model = ScriptedModel(.hangs, otherwise: .answer("ok"))
        let definitions = definitions(
            model,
            trigger(delivery: .interrupt) { context in
                try await context.send(context.isIdle() ? "long" : "now")
            })
        try await withEngine(definitions, runsTriggers: true) { engine async throws in
            await engine.advance(by: .seconds(1200))
            #expect(model.requests.all.map(\.input) == ["long", "now"])
            #expect(try await engine.tasks().map(\.state) == [.cancelled, .completed])
            #expect(engine.platform.texts == ["ok"])
        }
    }

    @Test func `An interrupt stops a turn that is not stored yet`() async throws {
        let model = ScriptedModel()
        var firing = trigger(delivery: .interrupt) { context in
            try await context.send(context.isIdle() ? "long" : "now")
        }
        firing.options.overlap = .allowAll
        try await withEngine(definitions(model, firing), runsTriggers: true) { engine async throws in
            let gate = AsyncGate()
            engine.store.before(.enqueue) { await gate.wait() }
            await engine.advance(by: .seconds(1200))
            #expect(try await engine.tasks().isEmpty)
            gate.open()
            await engine.settle()
            #expect(try await engine.tasks().map(\.input) == ["long", "now"])
            #expect(try await engine.tasks().map(\.state) == [.cancelled, .completed])
            #expect(engine.platform.texts == ["ok"])
            #expect(try await engine.store.base.unhandledMessages().isEmpty)
        }
    }

    @Test func `An independent task keeps its session busy`() async throws {
        let text = ReleasedText()
        let model = ScriptedModel(.speaks(text), .answer("after"))
        let definitions = definitions(
            model,
            trigger(delivery: .whenIdle) { context in
                _ = try await context.start(agent: "helper", input: "background")
                try await context.send("report")
            })
        try await withEngine(definitions, runsTriggers: true) { engine in
            await engine.advance(by: .seconds(600))
            #expect(model.requests.all.map(\.input) == ["background"])
            text.end()
            await engine.settle()
            #expect(model.requests.all.map(\.input) == ["background", "report"])
        }
    }

    @Test func `A firing that a crash cut off runs again, and sends nothing twice`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        let model = ScriptedModel()
        let release = AsyncGate()
        let firing = trigger(delivery: .immediate) { context in
            try await context.send("one")
            try await context.post("posted", to: "test:#news")
            await release.wait()
            try await context.send("two")
        }
        try await withEngine(definitions(model, firing), over: store, clock: clock, runsTriggers: true) { engine in
            await engine.advance(by: .seconds(600))
            #expect(engine.platform.texts.sorted() == ["ok", "posted"])
            engine.crash()
            release.open()
        }
        await clock.advance(by: .seconds(1))
        try await withEngine(definitions(model, firing), over: store, clock: clock, runsTriggers: true) { engine in
            #expect(model.requests.all.map(\.input) == ["one", "two"])
            #expect(engine.platform.texts == ["ok"])
        }
    }

    @Test func `Without a channel the answer goes to the log`() async throws {
        var firing = trigger(delivery: .whenIdle) { try await $0.send("report") }
        firing.channel = nil
        try await withEngine(definitions(ScriptedModel(), firing), runsTriggers: true) { engine async throws in
            await engine.advance(by: .seconds(600))
            #expect(engine.platform.texts.isEmpty)
            #expect(try await engine.tasks().map(\.state) == [.completed])
            #expect(try await engine.store.base.outboxCounts()[.delivered] == 1)
        }
    }
}
