import GRDB
public import NightjarEngine

extension SQLiteStore {
    public func ask(_ record: QuestionRecord, notice: OutboxEntry) async throws -> QuestionRecord {
        let text = try JSONColumn.encode(record)
        let reply = try EncodedReply(notice)
        let known = try await write { db in
            let known = try QuestionTable(db: db).add(record, record: text)
            if known == nil { try OutboxTable(db: db).post([reply]) }
            return known
        }
        return try known.map { try JSONColumn.decode(QuestionRecord.self, $0) } ?? record
    }

    public func answer(_ choice: QuestionChoice, at now: Timestamp) async throws -> AnswerOutcome {
        try await write { try QuestionTable(db: $0).answer(choice, at: now) }
    }

    public func question(_ id: String) async throws -> QuestionRecord? {
        try await read { try QuestionTable(db: $0).question(id) }
    }

    public func openQuestions(at now: Timestamp) async throws -> [QuestionRecord] {
        try await read { try QuestionTable(db: $0).open(at: now) }
    }
}
