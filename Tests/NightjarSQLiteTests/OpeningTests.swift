import Foundation
import GRDB
import NightjarEngine
@testable import NightjarSQLite
import Testing

@Suite struct OpeningTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func aSecondOwnerIsToldWhoTheFirstIs() async throws {
        let store = try folder.store()
        let error = #expect(throws: StoreError.self) { try folder.store() }
        #expect(error?.code == .locked)
        #expect(error?.message.contains(folder.path()) == true)
        #expect(error?.message.contains("process \(ProcessInfo.processInfo.processIdentifier)") == true)
        try await store.close()
        try await folder.store().close()
    }

    @Test func twoNamesOfOneFileHaveOneOwner() async throws {
        let store = try folder.store()
        try FileManager.default.createSymbolicLink(atPath: folder.path("other.db"), withDestinationPath: folder.path())
        let error = #expect(throws: StoreError.self) { try folder.store("other.db") }
        #expect(error?.code == .locked)
        try await store.close()
    }

    @Test func aStoreThatIsDroppedWithoutAnEndIsFree() async throws {
        var store: SQLiteStore? = try folder.store()
        _ = try await store?.enqueue(makeTask(), quota: nil, notice: nil)
        store = nil
        let again = try folder.store()
        #expect(try await again.taskCounts(user: nil)[.pending] == 1)
        try await again.close()
    }

    @Test func missingFoldersAreMade() async throws {
        let store = try folder.store("a/b/state.db")
        try await store.close()
        #expect(FileManager.default.fileExists(atPath: folder.path("a/b/state.db")))
    }

    @Test(arguments: ["file/state.db", "folder"])
    func aPathThatCannotBeOpenedIsUnavailable(_ name: String) throws {
        try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path("file")))
        try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: true)
        let error = #expect(throws: StoreError.self) { try folder.store(name) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains(folder.path(name)) == true)
    }

    @Test func aNewerSchemaIsLeftAlone() async throws {
        try await folder.store().close()
        let queue = try DatabaseQueue(path: folder.path())
        try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try queue.close()
        let error = #expect(throws: StoreError.self) { try folder.store() }
        #expect(error?.code == .newerSchema)
    }

    @Test func questionsOfAnEarlierVersionStayWhileTheirHandlerMayRunAgain() async throws {
        let message = makeMessage()
        let question = QuestionRecord(
            question: Question(id: "q1", text: "Now?", choices: ["Yes"]), address: message.address, origin: "\(message.id)#1", expiresAt: start)
        let record = try JSONColumn.encode(question)
        let queue = try DatabaseQueue(path: folder.path())
        try Schema.migrator.migrate(queue, upTo: "3")
        try await queue.write { db in
            try db.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
            try MessageTable(db: db).insert(message)
            try db.execute(
                sql: "INSERT INTO questions (id, origin, record, is_open, expires_at) VALUES ('q1', ?, ?, 1, ?)",
                arguments: [question.origin, record, start.milliseconds])
        }
        try queue.close()
        let store = try folder.store()
        let late = start + .seconds(2 * 24 * 3600)
        #expect(try await store.prune(Retention(), at: late, batch: 10) == 0)
        #expect(try await store.question("q1") == question)
        try await store.finishMessage(message.id, replies: [])
        #expect(try await store.prune(Retention(), at: late, batch: 10) == 1)
        #expect(try await store.question("q1") == nil)
        try await store.close()
    }

    @Test func anythingElseThanADatabaseIsCorrupt() throws {
        let garbage = Data((0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
        try garbage.write(to: URL(fileURLWithPath: folder.path()))
        let error = #expect(throws: StoreError.self) { try folder.store() }
        #expect(error?.code == .corrupt)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path())) == garbage)
    }

    @Test func aDamagedStoreIsCorrupt() async throws {
        try await folder.store().close()
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path()))
        try file.seek(toOffset: 100)
        try file.write(contentsOf: Data(repeating: 0xAA, count: 3996))
        try file.close()
        let error = #expect(throws: StoreError.self) { try folder.store() }
        #expect(error?.code == .corrupt)
    }

    @Test func anotherProgramsDatabaseIsRefusedAndUntouched() async throws {
        let queue = try DatabaseQueue(path: folder.path())
        try await queue.write { try $0.execute(sql: "CREATE TABLE players (name TEXT)") }
        try queue.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.path()))
        let error = #expect(throws: StoreError.self) { try folder.store() }
        #expect(error?.code == .corrupt)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path())) == before)
    }

    @Test func aFileThatACrashLeftEmptyIsTakenUp() async throws {
        try Data().write(to: URL(fileURLWithPath: folder.path()))
        let store = try folder.store()
        _ = try await store.enqueue(makeTask(), quota: nil, notice: nil)
        try await store.close()
    }

    @Test func writesAreSafeAgainstLossOfPower() async throws {
        let store = try folder.store()
        let modes = try await store.write { db in
            (try String.fetchOne(db, sql: "PRAGMA journal_mode"), try Int.fetchOne(db, sql: "PRAGMA synchronous"))
        }
        #expect(modes.0 == "wal")
        #expect(modes.1 == 2, "FULL")
        try await store.close()
    }
}
