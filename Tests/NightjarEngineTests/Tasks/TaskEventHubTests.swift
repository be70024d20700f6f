import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct TaskEventHubTests {
    @Test func `A task's whole way is seen`() async throws {
        let model = ScriptedModel(.failure(ModelError(.provider, "busy", isRetryable: true)), .answer("done"))
        try await withEngine(.helper(model)) { engine in
            let watch = engine.engine.orchestrator.events.watch()
            try await engine.say("/run agent helper x")
            await engine.advance(by: .seconds(2))
            watch.stop()
            var states: [TaskState] = []
            for await task in watch { states.append(task.state) }
            #expect(states == [.pending, .running, .pending, .running, .completed])
        }
    }

    @Test func `Who does not read loses the oldest changes`() async throws {
        let hub = TaskEventHub()
        let watch = hub.watch()
        var task = TaskRecord(
            agent: "a", input: "", address: Address(platform: "p", channel: "c", user: "u"), createdAt: Timestamp(milliseconds: 0))
        for attempt in 0..<(TaskEventHub.backlogMax + 10) {
            task.attempt = attempt
            hub.publish(task)
        }
        watch.stop()
        var seen: [Int] = []
        for await task in watch { seen.append(task.attempt) }
        #expect(seen.count == TaskEventHub.backlogMax)
        #expect(seen.first == 10)
    }
}
