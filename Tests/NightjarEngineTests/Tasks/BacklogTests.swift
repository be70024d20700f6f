import Testing

@testable import NightjarEngine

@Suite struct BacklogTests {
    private func tasks(_ count: Int) -> [TaskRecord] {
        (0..<count).map { _ in
            TaskRecord(
                agent: "a", input: "", address: Address(platform: "p", channel: "c", user: "u"), createdAt: Timestamp(milliseconds: 0))
        }
    }

    @Test func `At first nobody knows what waits, until a claim found less than it could take`() async throws {
        let backlog = Backlog()
        #expect(backlog.expected(upTo: 8) == 8)
        _ = try await backlog.claim(8) { tasks(8) }
        #expect(backlog.expected(upTo: 8) == 8)
        _ = try await backlog.claim(8) { tasks(3) }
        #expect(!backlog.isKnown)
    }

    @Test func `Only what was stored is asked for`() async throws {
        let backlog = Backlog()
        _ = try await backlog.claim(8) { [] }
        for _ in 0..<3 { backlog.add() }
        #expect(backlog.expected(upTo: 8) == 3)
        _ = try await backlog.claim(2) { tasks(2) }
        #expect(backlog.expected(upTo: 8) == 1)
        #expect(backlog.isKnown)
        _ = try await backlog.claim(1) { [] }
        #expect(!backlog.isKnown)
    }

    @Test func `What is stored while a claim is made is not forgotten`() async throws {
        let backlog = Backlog()
        _ = try await backlog.claim(8) {
            backlog.add()
            return []
        }
        #expect(backlog.expected(upTo: 8) == 1)
    }

    @Test func `After a failure everything may wait, but is asked for later`() async throws {
        let backlog = Backlog()
        await #expect(throws: StoreError.self) {
            _ = try await backlog.claim(8) { () async throws -> [TaskRecord] in throw StoreError(.full, "full") }
        }
        #expect(backlog.expected(upTo: 8) == 8)
        backlog.pause()
        #expect(!backlog.isKnown)
        backlog.resume()
        #expect(backlog.isKnown)
    }
}
