import NightjarTesting
import Testing

@testable import NightjarEngine

@Suite struct StateTableTests {
    @Test func `What is flushed is there after a restart`() async throws {
        let store = MemoryStore()
        let table = StateTable(store: store)
        table["a"] = "1"
        table["b"] = "2"
        table["b"] = nil
        try await table.flush()
        let next = StateTable(store: store)
        try await next.load()
        #expect(next["a"] == "1")
        #expect(next.keys == ["a"])
    }

    @Test func `A replacement needs the expected value`() {
        let table = StateTable(store: MemoryStore())
        #expect(table.replace("n", expected: nil, with: "1"))
        #expect(!table.replace("n", expected: nil, with: "2"))
        #expect(table.replace("n", expected: "1", with: "2"))
        #expect(table["n"] == "2")
    }

    @Test func `Writes that could not be saved stay due`() async throws {
        let store = FaultyStore(MemoryStore())
        let table = StateTable(store: store)
        table["a"] = "1"
        store.fail(.saveState, times: 1)
        await #expect(throws: StoreError.self) { try await table.flush() }
        try await table.flush()
        #expect(try await store.base.loadState() == ["a": "1"])
    }

    @Test func `A flush waits for one that is saving its writes`() async throws {
        let clock = VirtualClock()
        try await clock.run {
            let store = FaultyStore(MemoryStore())
            let gate = AsyncGate()
            store.before(.saveState) { await gate.wait() }
            let table = StateTable(store: store)
            let done = Recorder<String>()
            table["a"] = "1"
            try await withThrowingTaskGroup { group in
                group.addTask {
                    try await table.flush()
                    done.add("first")
                }
                await clock.settle()
                group.addTask {
                    try await table.flush()
                    done.add("second")
                }
                await clock.settle()
                #expect(done.all == [])
                gate.open()
                try await group.waitForAll()
            }
            #expect(done.all == ["first", "second"])
            #expect(store.calls(of: .saveState) == 1)
        }
    }

    @Test func `A handler's writes are durable before its reply leaves`() async throws {
        let command = CommandDefinition(name: "count") { context in
            context.control.stateTable["n"] = "1"
            return .answer("counted")
        }
        try await withEngine(.helper(ScriptedModel(), commands: [command])) { engine in
            engine.store.fail(.saveState)
            try await engine.say("/count")
            #expect(engine.platform.texts.isEmpty)
            engine.store.mend()
            await engine.advance(by: .seconds(1))
            #expect(engine.platform.texts == ["counted"])
            #expect(try await engine.store.base.loadState() == ["n": "1"])
        }
    }
}
