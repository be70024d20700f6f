import Dispatch
import GRDB
import NightjarEngine
@testable import NightjarSQLite
import Testing

@Suite struct GroupWriterTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func whatWaitsTogetherIsCommittedTogetherInOrder() async throws {
        let store = try folder.store()
        let commits = CommitCounter()
        try await store.write { $0.add(transactionObserver: commits) }
        let before = commits.count
        let order = Shared<[Int]>([])
        try await holdingTheWriter(of: store) { group in
            for index in 0..<50 {
                group.addTask {
                    try await store.write { db in
                        try ScriptStateTable(db: db).save(["key\(index)": "1"])
                        order.change { $0.append(index) }
                    }
                }
                // One after the other, so that the order they are asked for in is known.
                while store.writer.waitingCount <= index { await Task.yield() }
            }
        }
        #expect(order.value == Array(0..<50))
        #expect(commits.count - before == 2, "the one that held the writer, and all that waited")
        #expect(try await store.loadState().count == 50)
        try await store.close()
    }

    @Test func aFailureTakesNoOtherWithIt() async throws {
        let store = try folder.store()
        let known = makeTask()
        _ = try await store.enqueue(known, quota: nil, notice: nil)
        let failures = Shared(0)
        try await holdingTheWriter(of: store) { group in
            for index in 0..<30 {
                group.addTask {
                    do {
                        _ = try await store.enqueue(
                            index % 10 == 3 ? known : makeTask(), quota: nil, notice: makeReply(origin: "\(index)"))
                    } catch let error as StoreError {
                        #expect(error.code == .refused)
                        failures.change { $0 += 1 }
                    }
                }
            }
            while store.writer.waitingCount < 30 { await Task.yield() }
        }
        #expect(failures.value == 3)
        #expect(try await store.taskCounts(user: nil)[.pending] == 28)
        #expect(try await store.pendingOutbox(limit: 100).count == 27)
        try await store.close()
    }

    @Test func anErrorOfTheCallersOwnUndoesWhatItWrote() async throws {
        struct Refusal: Error {}
        let store = try folder.store()
        let failed = await store.fails(with: .refused) { store in
            try await store.write { db in
                try ScriptStateTable(db: db).save(["a": "1"])
                throw Refusal()
            }
        }
        #expect(failed)
        #expect(try await store.loadState().isEmpty)
        try await store.close()
    }

    @Test func aFullDiskFailsTheGroupAndLeavesNothingHalfWritten() async throws {
        let store = try folder.store()
        _ = try await store.enqueue(makeTask(), quota: nil, notice: nil)
        let pages = try await store.write { db in try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0 }
        _ = try await store.write { db in try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pages + 2)") }
        let big = String(repeating: "x", count: 100_000)
        let failures = Shared<[StoreError]>([])
        try await holdingTheWriter(of: store) { group in
            for index in 0..<10 {
                group.addTask {
                    var task = makeTask()
                    if index == 5 { task.input = big }
                    do {
                        _ = try await store.enqueue(task, quota: nil, notice: makeReply())
                    } catch let error as StoreError {
                        failures.change { $0.append(error) }
                    }
                }
            }
            while store.writer.waitingCount < 10 { await Task.yield() }
        }
        let errors = failures.value
        #expect(errors.map(\.code) == Array(repeating: .full, count: 10))
        #expect(errors.first?.message.contains(folder.path()) == true)
        #expect(try await store.taskCounts(user: nil)[.pending] == 1)
        #expect(try await store.pendingOutbox(limit: 100).isEmpty)

        _ = try await store.write { db in try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(1 << 30)") }
        _ = try await store.enqueue(makeTask(), quota: nil, notice: nil)
        #expect(try await store.taskCounts(user: nil)[.pending] == 2)
        try await store.close()
    }

    @Test func aWriteIsOnTheDiskWhenItReturns() async throws {
        let store = try folder.store()
        _ = try await store.enqueue(makeTask(), quota: nil, notice: nil)
        let other = try DatabaseQueue(path: folder.path())
        #expect(try await other.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM tasks") } == 1)
        try other.close()
        try await store.close()
    }

    @Test func closingWaitsForWhatWasAskedBefore() async throws {
        let store = try folder.store()
        try await holdingTheWriter(of: store) { group in
            for _ in 0..<10 { group.addTask { _ = try await store.enqueue(makeTask(), quota: nil, notice: nil) } }
            while store.writer.waitingCount < 10 { await Task.yield() }
            group.addTask { try await store.close() }
            while !store.writer.isClosed { await Task.yield() }
        }
        let again = try folder.store()
        #expect(try await again.taskCounts(user: nil)[.pending] == 10)
        try await again.close()
    }

    /// Lets writes pile up behind one that does not end before `pile` returns, and waits for all of them.
    private func holdingTheWriter(
        of store: SQLiteStore, _ pile: @escaping (inout ThrowingTaskGroup<Void, any Error>) async -> Void
    ) async throws {
        let gate = DispatchSemaphore(value: 0)
        let isHeld = Shared(false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await store.write { _ in
                    isHeld.change { $0 = true }
                    gate.wait()
                }
            }
            while !isHeld.value { await Task.yield() }
            await pile(&group)
            gate.signal()
            try await group.waitForAll()
        }
    }
}
