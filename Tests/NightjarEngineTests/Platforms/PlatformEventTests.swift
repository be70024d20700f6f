import NightjarTesting
import Testing

@testable import NightjarEngine

/// Batches of what people did on a platform.
@Suite struct PlatformEventTests {
    private func said(_ text: String, as user: String = "ann") -> PlatformEvent {
        .message(
            InboundMessage(
                address: Address(platform: "test", channel: "#ops", user: user), externalID: text, text: text,
                receivedAt: Timestamp(milliseconds: 0)))
    }

    @Test func `Nothing of a person is stored before what the person said earlier`() async throws {
        try await withEngine(.helper(ScriptedModel())) { (engine: EngineFixture) async throws in
            engine.store.fail(.accept, times: 1)
            let batch = [said("one"), said("two"), said("three")]
            await #expect(throws: StoreError.self) { () async throws in _ = try await engine.engine.take(batch) }
            await engine.settle()
            #expect(try await engine.tasks().isEmpty)
            #expect(try await engine.engine.take(batch) == [.accepted, .accepted, .accepted])
            await engine.settle()
            #expect(try await engine.tasks().map(\.input) == ["one", "two", "three"])
        }
    }

    @Test func `Outcomes are in the order of the events, whoever did them`() async throws {
        try await withEngine(.helper(ScriptedModel())) { (engine: EngineFixture) async throws in
            _ = try await engine.engine.take([said("one"), said("two", as: "bob")])
            let outcomes = try await engine.engine.take([said("zero", as: "bob"), said("one"), said("two", as: "bob"), said("new")])
            #expect(outcomes == [.accepted, .duplicate, .duplicate, .accepted])
        }
    }
}
