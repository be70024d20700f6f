import NightjarEngine
import Testing

@testable import NightjarSQLite

@Suite struct WriterMemoryTests {
    private func running(token: String = "token") -> StoredTask {
        var task = makeTask()
        task.start(leaseToken: token, at: start)
        return StoredTask(seq: 7, record: task)
    }

    @Test func aStartedTaskIsKnownByItsFenceOnly() throws {
        let memory = WriterMemory()
        let task = running()
        let fence = try #require(task.record.fence)
        #expect(memory.running(fence) == nil)
        memory.started(task)
        #expect(memory.running(fence)?.seq == 7)
        #expect(memory.running(fence)?.record == task.record)
        #expect(memory.running(TaskFence(id: fence.id, attempt: fence.attempt, leaseToken: "other")) == nil)
        #expect(memory.running(TaskFence(id: fence.id, attempt: fence.attempt + 1, leaseToken: fence.leaseToken)) == nil)
    }

    @Test func aNewAttemptTakesThePlaceOfTheOld() throws {
        let memory = WriterMemory()
        let first = running()
        memory.started(first)
        var second = first
        second.record.apply(.retry(until: start), at: start)
        second.record.start(leaseToken: "second", at: start)
        memory.started(second)
        #expect(memory.running(try #require(first.record.fence)) == nil)
        #expect(memory.running(try #require(second.record.fence))?.record.attempt == 2)
    }

    @Test func anEndedTaskIsForgotten() throws {
        let memory = WriterMemory()
        let (ended, other) = (running(), running())
        memory.started(ended)
        memory.started(other)
        memory.ended(ended.record.id)
        #expect(memory.running(try #require(ended.record.fence)) == nil)
        #expect(memory.running(try #require(other.record.fence)) != nil)
    }

    @Test func atFirstAndAfterARollbackAnythingMayBeThere() throws {
        let memory = WriterMemory()
        #expect(memory.mayHoldDelayed)
        #expect(memory.mayHoldDue)
        memory.mayHoldDelayed = false
        memory.mayHoldDue = false
        let task = running()
        memory.started(task)
        memory.forget()
        #expect(memory.mayHoldDelayed)
        #expect(memory.mayHoldDue)
        #expect(memory.running(try #require(task.record.fence)) == nil)
    }

    /// A write that fails may have told the memory what the rollback then undid.
    @Test func whatAFailedWriteSaidIsNotBelieved() async throws {
        let folder = try ScratchFolder()
        let store = try folder.store()
        let task = running()
        await #expect(throws: StoreError.self) {
            try await store.write { [memory = store.memory] _ in
                memory.started(task)
                memory.mayHoldDue = false
                throw StoreError(.refused, "undone")
            }
        }
        #expect(store.memory.mayHoldDue)
        #expect(store.memory.running(try #require(task.record.fence)) == nil)
        try await store.close()
    }
}
