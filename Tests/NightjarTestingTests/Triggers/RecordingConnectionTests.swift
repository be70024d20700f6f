import NightjarEngine
import NightjarTesting
import Testing

@Suite(.timeLimit(.minutes(1))) struct RecordingConnectionTests {
    private let clock = VirtualClock()
    private let session = RecordingConnection()

    @Test func `waiting senders are served one per turn, in the order in which they came`() async {
        await clock.run {
            await withDiscardingTaskGroup { group in
                for text in ["first", "second", "third"] {
                    group.addTask { try? await session.send(text, delivery: .whenIdle) }
                    await clock.settle()
                }
                for served in 0...3 {
                    #expect(session.sent.map(\.text) == Array(["first", "second", "third"].prefix(served)))
                    #expect(!session.isIdle)
                    session.endTurn()
                    await clock.settle()
                }
            }
            #expect(session.isIdle)
        }
    }

    @Test func `of many that find the session idle, one gets it`() async {
        session.endTurn()
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                group.addTask { try? await session.send("\(index)", delivery: .whenIdle) }
            }
            await session.waitForSends(1)
            while session.waitingCount < 99 { await Task.yield() }
            #expect(session.sent.count == 1)
            group.cancelAll()
        }
        #expect(session.sent.count == 1)
        #expect(session.waitingCount == 0)
    }

    @Test func `a cancelled sender never sends`() async {
        let sender = Task { try await session.send("late", delivery: .whenIdle) }
        while session.waitingCount == 0 { await Task.yield() }
        sender.cancel()
        await #expect(throws: CancellationError.self) { try await sender.value }
        session.endTurn()
        #expect(session.sent.isEmpty && session.isIdle)
    }

    @Test func `immediate and interrupting messages do not wait`() async throws {
        try await session.send("now", delivery: .immediate)
        try await session.send("stop", delivery: .interrupt)
        #expect(session.sent == [.init("now", .immediate), .init("stop", .interrupt)])
        #expect(session.interruptedTurns == 1)
        session.endTurn()
        try await session.send("again", delivery: .interrupt)
        #expect(session.interruptedTurns == 1)
        #expect(!session.isIdle)
    }
}
