import Foundation
import GRDB
import NightjarEngine
@testable import NightjarSQLite
import Testing

/// What is there after an end, tidy or not.
@Suite struct SurvivalTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func everythingIsThereAfterAReopen() async throws {
        let before = try folder.store()
        let promised = try await fill(before)
        try await before.close()
        let after = try folder.store()
        try await expect(promised, in: after)
        try await after.close()
    }

    @Test func anOrderlyEndLeavesNothingInTheLog() async throws {
        let store = try folder.store()
        _ = try await fill(store)
        try await store.close()
        let log = try? FileManager.default.attributesOfItem(atPath: folder.path("state.db-wal"))[.size] as? Int
        #expect((log ?? 0) == 0)
    }

    @Test func aValueThatCannotBeReadIsToldOfAsDamage() async throws {
        let store = try folder.store()
        _ = try await store.post([makeReply()])
        try await store.write { try $0.execute(sql: "UPDATE outbox SET content = '{'") }
        #expect(await store.fails(with: .corrupt) { _ = try await $0.pendingOutbox(limit: 1) })
        try await store.close()
    }

    @Test func everythingAcknowledgedIsThereAfterAPowerCut() async throws {
        let before = try folder.store()
        let promised = try await fill(before)
        try folder.snapshot(as: "copy.db")
        try await before.close()
        let after = try folder.store("copy.db")
        try await expect(promised, in: after)
        try await after.close()
    }

    @Test func aTransactionThatWasCutOffLeavesNoTrace() async throws {
        let before = try folder.store()
        _ = try await before.enqueue(makeTask(origin: "m/1"), quota: nil, notice: nil)
        let folder = folder
        let big = String(repeating: "x", count: 100_000)
        try await before.write { db in
            // A cache of a few pages makes SQLite write into the log before the commit.
            try db.execute(sql: "PRAGMA cache_size = 4")
            for _ in 0..<50 {
                var task = makeTask()
                task.input = big
                try TaskTable(db: db).insert(task, stamp: 1)
            }
            try folder.snapshot(as: "copy.db")
        }
        try await before.close()
        let log = try FileManager.default.attributesOfItem(atPath: folder.path("copy.db-wal"))[.size] as? Int
        #expect(try #require(log) > 1_000_000, "the cut-off transaction is in the log")
        let after = try folder.store("copy.db")
        #expect(try await after.tasks(TaskQuery()).tasks.map(\.origin) == ["m/1"])
        try await after.close()
    }

    @Test func aLogThatWasCutShortKeepsTheCommitsBefore() async throws {
        let before = try folder.store()
        for index in 0..<20 { _ = try await before.enqueue(makeTask(origin: "m/\(index)"), quota: nil, notice: nil) }
        try folder.snapshot(as: "copy.db")
        try await before.close()
        let log = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path("copy.db-wal")))
        let end = try log.seekToEnd()
        try log.truncate(atOffset: end - 3000)
        try log.close()
        let after = try folder.store("copy.db")
        let origins = try await after.tasks(TaskQuery()).tasks.compactMap(\.origin)
        #expect(origins == (0..<19).reversed().map { "m/\($0)" })
        try await after.close()
    }

    @Test func fairnessOutlivesARestart() async throws {
        let before = try folder.store()
        for _ in 0..<20 { _ = try await before.enqueue(makeTask(user: "flooder"), quota: nil, notice: nil) }
        _ = try await before.claim(limit: 10, at: start)
        try await before.close()
        let after = try folder.store()
        for _ in 0..<10 { _ = try await after.enqueue(makeTask(user: "late"), quota: nil, notice: nil) }
        let next = try await after.claim(limit: 10, at: start)
        #expect(next.count { $0.address.user == "late" } == 5)
        try await after.close()
    }

    private struct Promised {
        var messages: [MessageRecord]
        var tasks: [TaskRecord]
        var entries: [JournalEntry]
        var replies: [OutboxEntry]
    }

    private func fill(_ store: SQLiteStore) async throws -> Promised {
        let message = makeMessage(externalID: "1")
        _ = try await store.accept(message, claiming: TriggerSlot(trigger: "digest", due: start))
        for index in 0..<3 { _ = try await store.enqueue(makeTask(origin: "m/\(index)"), quota: nil, notice: makeReply()) }
        let claimed = try await store.claim(limit: 2, at: start)
        let fence = try #require(claimed[0].fence)
        let entry = JournalEntry.toolStarted(iteration: 0, callID: "c1")
        #expect(try await store.appendJournal(fence, entry))
        let reply = makeReply("finished")
        _ = try await store.settle(fence, .complete(output: "done", usage: .zero), notices: [reply], at: start)
        try await store.saveState(["count": "3"])
        return Promised(
            messages: [MessageRecord(message: message, state: .accepted)], tasks: try await store.tasks(TaskQuery()).tasks,
            entries: [entry], replies: try await store.pendingOutbox(limit: 100))
    }

    private func expect(_ promised: Promised, in store: SQLiteStore) async throws {
        #expect(promised.tasks.map(\.state) == [.pending, .running, .completed])
        #expect(try await store.unhandledMessages() == promised.messages)
        #expect(try await store.tasks(TaskQuery()).tasks == promised.tasks)
        #expect(try await store.journal(of: promised.tasks[2].id) == promised.entries)
        #expect(try await store.pendingOutbox(limit: 100) == promised.replies)
        #expect(promised.replies.count == 4)
        #expect(try await store.lastSlots() == ["digest": start])
        #expect(try await store.loadState() == ["count": "3"])
        let again = try await store.accept(makeMessage(externalID: "1"), claiming: nil)
        #expect(again == .duplicate(promised.messages[0]))
        let recovered = try await store.recoverLeases(lostLeaseCap: 5, at: start) { _ in nil }
        #expect(recovered.map(\.id) == [promised.tasks[1].id])
    }
}
