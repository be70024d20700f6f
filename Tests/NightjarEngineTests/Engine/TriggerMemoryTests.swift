import NightjarTesting
import Testing

@testable import NightjarEngine

/// What a process leaves of its triggers to the next one.
@Suite(.timeLimit(.minutes(1))) struct TriggerMemoryTests {
    private let quiet = EngineSettings(autoAcknowledge: false)

    /// A trigger whose firings end only when they are cancelled.
    private func hanging(_ schedule: TriggerSchedule, _ options: TriggerOptions, _ firings: Recorder<Void>) -> Definitions {
        definitions(schedule, options) { _ in
            firings.add(())
            try await Hanging.untilCancelled()
        }
    }

    private func definitions(
        _ schedule: TriggerSchedule, _ options: TriggerOptions = TriggerOptions(),
        run: @escaping @Sendable (HandlerContext) async throws -> Void
    ) -> Definitions {
        var definitions = Definitions.helper(
            ScriptedModel(), settings: quiet,
            commands: [
                CommandDefinition(name: "pause") { context in
                    try context.control.triggers?.pause("t")
                    return .answer("paused")
                },
                CommandDefinition(name: "resume") { context in
                    try context.control.triggers?.resume("t")
                    return .answer("resumed")
                },
            ])
        definitions.triggers = [
            TriggerDefinition(name: "t", schedule: schedule, options: options) { context in
                try await run(context)
                return .none
            }
        ]
        return definitions
    }

    private struct Life: Sendable {
        let definitions: Definitions
        let body: @Sendable (EngineFixture) async throws -> Void

        init(_ definitions: Definitions, _ body: @escaping @Sendable (EngineFixture) async throws -> Void) {
            self.definitions = definitions
            self.body = body
        }
    }

    /// Lets processes follow one another on one store and clock, each killed at its end.
    private func processes(_ lives: [Life]) async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        for life in lives {
            try await withEngine(life.definitions, over: store, clock: clock, runsTriggers: true) { engine in
                try await life.body(engine)
                engine.crash()
            }
            await clock.advance(by: .seconds(1))
        }
    }

    @Test(arguments: [TriggerSchedule.every(.seconds(600)), .every(.seconds(5)), .after(.seconds(30))])
    func `A pause lasts until it is lifted, over a kill`(schedule: TriggerSchedule) async throws {
        let firings = Recorder<Void>()
        let definitions = definitions(schedule) { _ in firings.add(()) }
        try await processes([
            Life(definitions, { _ = try await $0.say("/pause") }),
            Life(
                definitions,
                { engine async throws in
                    await engine.advance(by: .seconds(1300))
                    #expect(firings.count == 0)
                    #expect(engine.engine.triggerSummaries.map(\.isPaused) == [true])
                    try await engine.say("/resume")
                }),
            Life(
                definitions,
                { engine async throws in
                    #expect(engine.engine.triggerSummaries.map(\.isPaused) == [false])
                    await engine.advance(by: .seconds(700))
                    #expect(firings.count > 0)
                }),
        ])
    }

    @Test func `A trigger that is declared otherwise is not paused any more`() async throws {
        let firings = Recorder<Void>()
        let changed = definitions(.every(.seconds(300))) { _ in firings.add(()) }
        try await processes([
            Life(definitions(.every(.seconds(600))) { _ in firings.add(()) }, { _ = try await $0.say("/pause") }),
            Life(
                changed,
                { engine in
                    await engine.advance(by: .seconds(300))
                    #expect(firings.count == 1)
                }),
        ])
    }

    @Test func `One that was removed and comes back starts anew, also in the next process`() async throws {
        let firings = Recorder<Void>()
        let with = definitions(.every(.seconds(600))) { _ in firings.add(()) }
        var without = with
        without.triggers = []
        let gone = without
        try await processes([
            Life(
                with,
                { engine in
                    try await engine.say("/pause")
                    try await engine.engine.install(gone)
                    try await engine.engine.install(with)
                }),
            Life(
                with,
                { engine in
                    await engine.advance(by: .seconds(600))
                    #expect(firings.count == 1)
                }),
        ])
    }

    @Test(arguments: [false, true]) func `Slots that a wrong clock has claimed hold up nothing when it is right again`(isPaused: Bool) async throws {
        let firings = Recorder<Void>()
        let store = MemoryStore()
        let definitions = definitions(.every(.seconds(600))) { _ in firings.add(()) }
        let wrong = TriggerSlot(trigger: "t", due: EngineFixture.start + .seconds(1e8))
        _ = try store.accept(
            InboundMessage(address: Address(platform: "p", channel: "c", user: "u"), text: "", receivedAt: wrong.due), claiming: wrong)
        for message in try store.unhandledMessages() { try store.finishMessage(message.message.id, replies: []) }
        let timing = try #require(definitions.triggers.first.map(TriggerSpec.init)).timing
        try store.saveTriggers([TriggerMemory(trigger: "t", timing: timing, isPaused: isPaused)])
        try await withEngine(definitions, over: store, runsTriggers: true) { engine in
            if isPaused { try await engine.say("/resume") }
            await engine.advance(by: .seconds(1200))
            #expect(firings.count == 2)
        }
    }

    @Test func `Failures that pause it do so for good`() async throws {
        let firings = Recorder<Void>()
        let definitions = definitions(.every(.seconds(600)), TriggerOptions(pauseOnFailure: 2)) { _ in
            firings.add(())
            throw HandlerFailure("no")
        }
        try await processes([
            Life(definitions, { await $0.advance(by: .seconds(1800)) }),
            Life(
                definitions,
                { engine async throws in
                    await engine.advance(by: .seconds(1800))
                    #expect(firings.count == 2)
                }),
        ])
    }

    @Test(arguments: [600, 5]) func `max_runs counts over restarts`(period: Int) async throws {
        let firings = Recorder<Void>()
        let definitions = definitions(.every(.seconds(period)), TriggerOptions(maxRuns: 3)) { _ in firings.add(()) }
        try await processes([
            Life(definitions, { await $0.advance(by: .seconds(period * 2)) }),
            Life(
                definitions,
                { engine async throws in
                    #expect(firings.count == 2)
                    await engine.advance(by: .seconds(period * 5))
                    #expect(firings.count == 3)
                }),
            Life(
                definitions,
                { engine async throws in
                    await engine.advance(by: .seconds(period * 5))
                    #expect(firings.count == 3)
                }),
        ])
    }

    @Test func `A firing that a kill cut off counts once, and runs again`() async throws {
        let firings = Recorder<Void>()
        let definitions = definitions(.every(.seconds(600)), TriggerOptions(maxRuns: 2)) { _ in
            firings.add(())
            if firings.count == 1 { try await Hanging.untilCancelled() }
        }
        try await processes([
            Life(definitions, { await $0.advance(by: .seconds(600)) }),
            Life(
                definitions,
                { engine async throws in
                    #expect(firings.count == 2)
                    await engine.advance(by: .seconds(6000))
                    #expect(firings.count == 3)
                }),
        ])
    }

    @Test func `A firing that the next one has stopped does not run again`() async throws {
        let firings = Recorder<Void>()
        let definitions = hanging(.every(.seconds(600)), TriggerOptions(overlap: .cancelOther), firings)
        try await processes([
            Life(
                definitions,
                { engine async throws in
                    await engine.advance(by: .seconds(1200))
                    #expect(firings.count == 2)
                    #expect(try await engine.store.base.unhandledMessages().count == 1)
                }),
            Life(definitions, { _ in #expect(firings.count == 3) }),
        ])
    }

    @Test func `A firing that a kill cut off is not overlapped when it runs again`() async throws {
        let (firings, ends) = (Recorder<Void>(), Recorder<Void>())
        let gate = AsyncGate()
        let definitions = definitions(.every(.seconds(60)), TriggerOptions(overlap: .bufferOne)) { context in
            firings.add(())
            if firings.count == 1 { try await Hanging.untilCancelled() }
            await gate.wait()
            ends.add(())
        }
        try await processes([
            Life(definitions, { await $0.advance(by: .seconds(60)) }),
            Life(
                definitions,
                { engine async throws in
                    #expect(firings.count == 2)
                    await engine.advance(by: .seconds(180))
                    #expect(firings.count == 2)
                    gate.open()
                    await engine.settle()
                    #expect((firings.count, ends.count) == (3, 2))
                    #expect(try await engine.store.base.unhandledMessages().isEmpty)
                    #expect(engine.engine.triggerSummaries.map(\.firings) == [2])
                }),
        ])
    }

    @Test func `Those of allow_all that a kill cut off all run again`() async throws {
        let firings = Recorder<Void>()
        let definitions = hanging(.every(.seconds(60)), TriggerOptions(overlap: .allowAll), firings)
        try await processes([
            Life(definitions, { await $0.advance(by: .seconds(120)) }),
            Life(
                definitions,
                { engine in
                    #expect(firings.count == 4)
                    await engine.advance(by: .seconds(60))
                    #expect(firings.count == 5)
                }),
        ])
    }

    @Test func `One that runs again is stopped by the next, and then it is over`() async throws {
        let firings = Recorder<Void>()
        let definitions = hanging(.every(.seconds(600)), TriggerOptions(overlap: .cancelOther), firings)
        try await processes([
            Life(definitions, { await $0.advance(by: .seconds(600)) }),
            Life(
                definitions,
                { engine async throws in
                    #expect(firings.count == 2)
                    await engine.advance(by: .seconds(600))
                    #expect(firings.count == 3)
                    #expect(try await engine.store.base.unhandledMessages().count == 1)
                }),
        ])
    }

    @Test func `One whose trigger is gone is over`() async throws {
        let cutOff = definitions(.every(.seconds(600))) { _ in try await Hanging.untilCancelled() }
        try await processes([
            Life(cutOff, { await $0.advance(by: .seconds(600)) }),
            Life(
                Definitions.helper(ScriptedModel()),
                { engine async throws in
                    #expect(try await engine.store.base.unhandledMessages().isEmpty)
                }),
        ])
    }

    @Test func `What cannot be saved is saved when there is room`() async throws {
        let definitions = definitions(.every(.seconds(600))) { _ in }
        try await withEngine(definitions, runsTriggers: true) { engine async throws in
            engine.store.fail(.saveTriggers, times: 2)
            try await engine.say("/pause")
            #expect(engine.platform.texts.isEmpty)
            await engine.advance(by: .seconds(3))
            #expect(engine.platform.texts == ["paused"])
            #expect(try await engine.store.base.triggerMemories().map(\.isPaused) == [true])
        }
    }
}
