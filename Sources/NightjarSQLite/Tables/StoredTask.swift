import GRDB
import NightjarEngine

/// A task and its number in the order of storing.
struct StoredTask {
    let seq: Int64
    var record: TaskRecord

    init(seq: Int64, record: TaskRecord) {
        self.seq = seq
        self.record = record
    }

    /// Reads `seq` and ``TaskTable/columns`` from the current row.
    init(_ query: inout Query) throws {
        seq = query.integer()
        let id = TaskID(rawValue: query.text())
        let state: TaskState = try StoredWord.read(query.text())
        let priority: TaskPriority = try StoredWord.read(Int(query.integer()))
        let delayedUntil = query.optionalTimestamp()
        let attempt = Int(query.integer())
        let leaseToken = query.optionalText()
        let lostLeases = Int(query.integer())
        let createdAt = query.timestamp()
        let startedAt = query.optionalTimestamp()
        let finishedAt = query.optionalTimestamp()
        let agent = query.text()
        let address = query.address()
        let isSessionTurn = query.integer() != 0
        let messageID = query.optionalText().map(MessageID.init(rawValue:))
        let origin = query.optionalText()
        let parent = query.optionalText().map(TaskID.init(rawValue:))
        let depth = Int(query.integer())
        let retryOf = query.optionalText().map(TaskID.init(rawValue:))
        let reporting: TaskReporting = try StoredWord.read(query.text())
        let replyRoute = query.optionalText()
        let metadata = try query.optionalText().map { try JSONColumn.decode([String: String].self, $0) }
        let usage = TokenUsage(input: Int(query.integer()), output: Int(query.integer()))
        let failureCode = query.optionalText()
        let failureMessage = query.optionalText()
        let input = query.text()
        record = TaskRecord(
            id: id, agent: agent, input: input, address: address, priority: priority, metadata: metadata ?? [:],
            isSessionTurn: isSessionTurn, messageID: messageID, origin: origin, parent: parent, depth: depth,
            retryOf: retryOf, reporting: reporting, replyRoute: replyRoute, createdAt: createdAt)
        record.state = state
        record.delayedUntil = delayedUntil
        record.attempt = attempt
        record.leaseToken = leaseToken
        record.lostLeases = lostLeases
        record.startedAt = startedAt
        record.finishedAt = finishedAt
        record.usage = usage
        record.failure = failureCode.map { TaskFailure(code: $0, message: failureMessage ?? "") }
        record.output = query.optionalText()
    }
}
