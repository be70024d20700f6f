import InMemoryLogging
import Logging
import NightjarTesting
import Testing

@testable import NightjarEngine

/// What is owed to a platform that this process does not have: `nightjar chat` has none but the terminal, `nightjar run` has all others.
@Suite struct AbsentPlatformTests {
    private let far = Address(platform: "far", channel: "#ops", user: "ann")

    private func owed(_ text: String) -> OutboxEntry { OutboxEntry(address: far, content: .text(text), createdAt: EngineFixture.start) }

    @Test func `A reply waits, untried and without complaint, until its platform comes`() async throws {
        let store = MemoryStore()
        _ = try store.post([owed("one"), owed("two")])
        try await withEngine(.helper(ScriptedModel()), over: store) { engine async throws in
            await engine.advance(by: .seconds(3600))
            #expect(try store.pendingOutbox(limit: 9, after: nil).map(\.attempts) == [0, 0])
            #expect(engine.log.entries.allSatisfy { $0.level < .notice })
            let platform = RecordingPlatform(name: "far")
            engine.engine.install(platform)
            await engine.settle()
            #expect(platform.texts == ["one", "two"])
            #expect(try store.pendingOutbox(limit: 9, after: nil).isEmpty)
        }
    }

    @Test func `A message that is answered on a platform which is not here has ended`() async throws {
        let command = CommandDefinition(name: "tell") { context in
            try await context.post("news", to: "far:#ops")
            return .answer("told")
        }
        var definitions = Definitions(commands: [command])
        definitions.platforms = [PlatformDefinition(name: "far")]
        let store = MemoryStore()
        try await withEngine(definitions, over: store) { engine async throws in
            let message = try await engine.say("/tell")
            #expect(engine.platform.texts == ["told"])
            #expect(!engine.engine.isOpen(message.id))
            #expect(try store.pendingOutbox(limit: 9, after: nil).map(\.address) == [Address(platform: "far", channel: "#ops", user: "ann")])
            #expect(engine.log.entries.contains { $0.level == .warning && "\($0.message)".contains("waits for its platform") })
        }
    }

    @Test func `A reload that brings the platform sends what waited for it`() async throws {
        let (store, clock) = (MemoryStore(), VirtualClock())
        _ = try store.post([owed("one")])
        let platform = RecordingPlatform(name: "far")
        try await clock.run {
            let engine = Engine(
                definitions: .helper(ScriptedModel()), store: store, clock: .virtual(clock), makePlatform: { _ in platform },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await engine.prepare()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await engine.run() }
                await clock.settle()
                var next = Definitions.helper(ScriptedModel())
                next.platforms = [PlatformDefinition(name: "far")]
                try await engine.install(next)
                await clock.settle()
                #expect(platform.texts == ["one"])
                group.cancelAll()
            }
        }
    }

    @Test func `A terminal makes no platform, and leaves to the next process what is not its own`() async throws {
        let store = MemoryStore()
        for kind in [InboundMessage.Kind.chat, .agentInput(agent: "helper"), .trigger(name: "t"), .request(trigger: "t")] {
            let message = InboundMessage(kind: kind, address: far, text: "hello", receivedAt: EngineFixture.start)
            _ = try store.accept(message, claiming: nil)
        }
        let runs = Recorder<Void>()
        var definitions = Definitions.helper(ScriptedModel())
        definitions.platforms = [PlatformDefinition(name: "far")]
        definitions.triggers = [
            TriggerDefinition(name: "t", schedule: .every(.seconds(600))) { _ in
                runs.add(())
                return .none
            }
        ]
        let declared = definitions
        let clock = VirtualClock()
        try await clock.run {
            let engine = Engine(
                definitions: declared, store: store, clock: .virtual(clock), runsTriggers: false,
                makePlatform: { RecordingPlatform(name: $0.name) }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await engine.prepare()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await engine.run() }
                await clock.settle()
                try await engine.install(declared)
                await clock.settle()
                group.cancelAll()
            }
            #expect(engine.platform("far") == nil)
        }
        #expect(runs.count == 0)
        #expect(try store.unhandledMessages().count == 4)
    }
}
