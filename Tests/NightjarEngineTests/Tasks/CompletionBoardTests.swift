import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct CompletionBoardTests {
    private func task(_ state: TaskState) -> TaskRecord {
        var task = TaskRecord(
            id: TaskID(rawValue: "t"), agent: "a", input: "", address: Address(platform: "test", channel: "c", user: "u"),
            createdAt: Timestamp(milliseconds: 0))
        task.state = state
        return task
    }

    @Test func `A task that has ended is not waited for`() async throws {
        let board = CompletionBoard()
        let ended = task(.failed)
        #expect(try await board.wait(for: ended.id) { ended } == ended)
    }

    @Test func `An end between the look and the wait is not missed`() async throws {
        let board = CompletionBoard()
        let (running, ended) = (task(.running), task(.completed))
        let result = try await board.wait(for: ended.id) {
            board.post(ended)
            return running
        }
        #expect(result == ended)
    }

    @Test func `An expected task is not looked up`() async throws {
        let clock = VirtualClock()
        try await clock.run {
            let board = CompletionBoard()
            let ended = task(.completed)
            board.expect(ended.id)
            async let result = board.wait(for: ended.id) {
                Issue.record("looked up")
                return nil
            }
            await clock.settle()
            board.post(ended)
            let told = try await result
            #expect(told == ended)
            let lookedUp = try await board.wait(for: ended.id) { ended }
            #expect(lookedUp == ended, "it is not expected any more")
        }
    }

    @Test func `A task that was not stored is looked up again`() async throws {
        let board = CompletionBoard()
        let ended = task(.completed)
        board.expect(ended.id)
        board.stopExpecting(ended.id)
        #expect(try await board.wait(for: ended.id) { ended } == ended)
    }

    @Test func `Everybody who waits is told`() async throws {
        let clock = VirtualClock()
        try await clock.run {
            let board = CompletionBoard()
            let (running, ended) = (task(.running), task(.cancelled))
            async let first = board.wait(for: ended.id) { running }
            async let second = board.wait(for: ended.id) { running }
            await clock.settle()
            board.post(ended)
            let results = try await [first, second]
            #expect(results == [ended, ended])
        }
    }

    @Test func `A cancelled wait throws`() async {
        let board = CompletionBoard()
        let running = task(.running)
        let wait = Task { try await board.wait(for: running.id) { running } }
        wait.cancel()
        await #expect(throws: CancellationError.self) { try await wait.value }
    }
}
