import NightjarEngine
@testable import NightjarPlatforms
import NightjarTesting
import Testing

/// WhatsApp sends a notification again for days until it is acknowledged.
@Suite struct WhatsAppDuplicateTests {
    private static let definitions = Definitions(
        messageHandlers: [MessageHandlerDefinition(pattern: ".") { .answer($0.text) }])

    @Test func sameMessageElevenTimesIsOne() async throws {
        try await StandInWhatsApp.withStandIn { standIn in
            let platform = try WhatsAppFixture.receiver()
            let request = standIn.says("hi", from: WhatsAppFixture.person).request
            let store = MemoryStore()
            try await withEngine(Self.definitions, over: store, platform: RecordingPlatform(name: "whatsapp")) { engine in
                let outcomes = try await withThrowingTaskGroup(of: [PlatformEventOutcome].self) { group in
                    for _ in 1...6 {
                        group.addTask { try await engine.engine.take(platform.receive(request).events ?? []) }
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                #expect(outcomes.count { $0 == .accepted } == 1)
                #expect(outcomes.count { $0 == .duplicate } == 5)
                await engine.settle()
                #expect(engine.platform.texts == ["hi"])
            }
            try await withEngine(Self.definitions, over: store, platform: RecordingPlatform(name: "whatsapp")) { engine in
                // After a restart, and in one batch with a new one.
                let message = standIn.message(from: WhatsAppFixture.person, ["type": "text", "text": ["body": "more"]])
                let old = try #require(request.json["entry"]?.array?[0]["changes"]?.array?[0]["value"]?["messages"]?.array?[0])
                let batch = standIn.notify([old, old, message, old, old, old]).request
                let outcomes = try await engine.engine.take(platform.receive(batch).events ?? [])
                #expect(outcomes == [.duplicate, .duplicate, .accepted, .duplicate, .duplicate, .duplicate])
                await engine.settle()
                #expect(engine.platform.texts == ["more"])
            }
        }
    }
}

extension PlatformRequest {
    fileprivate var json: JSONValue { (try? JSONValue(parsing: String(decoding: body, as: UTF8.self))) ?? .null }
}
