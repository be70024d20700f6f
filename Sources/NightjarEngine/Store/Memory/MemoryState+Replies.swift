extension MemoryState {
    /// - Returns: those that are new.
    @discardableResult
    mutating func post(_ entries: [OutboxEntry]) -> [OutboxEntry] {
        entries.filter { post($0) }
    }

    private mutating func post(_ entry: OutboxEntry) -> Bool {
        if let origin = entry.origin, replyOrigins[origin] != nil { return false }
        let reply = MemoryReply(sequence: nextSequence(), entry: entry)
        replies[entry.id] = reply
        replyOrder.append(reply, sequence: reply.sequence)
        if entry.state == .pending { pendingReplies.append(reply, sequence: reply.sequence) }
        if let origin = entry.origin { replyOrigins[origin] = reply }
        if let message = entry.messageID { repliesOfMessage[message, default: []].append(reply) }
        replyCounts[entry.state, default: 0] += 1
        return true
    }

    func pendingOutbox(limit: Int, after last: OutboxEntry?) -> [OutboxEntry] {
        var pending: [OutboxEntry] = []
        guard limit > 0 else { return pending }
        let place = last.flatMap { replies[$0.id]?.sequence }
        if last != nil, place == nil { return pending }
        pendingReplies.walkOldestFirst(after: place) { reply in
            pending.append(reply.entry)
            return pending.count < limit
        }
        return pending
    }

    mutating func updateOutbox(_ entries: [OutboxEntry]) {
        for entry in entries {
            guard let reply = replies[entry.id] else { continue }
            let before = reply.entry.state
            reply.entry.state = entry.state
            reply.entry.rendered = entry.rendered
            reply.entry.partsSent = entry.partsSent
            reply.entry.attempts = entry.attempts
            reply.entry.nextAttemptAt = entry.nextAttemptAt
            reply.entry.lastError = entry.lastError
            guard before != entry.state else { continue }
            replyCounts[before, default: 0] -= 1
            replyCounts[entry.state, default: 0] += 1
            if before == .pending { pendingReplies.remove(sequence: reply.sequence) }
        }
    }

    func replies(to message: MessageID) -> [OutboxEntry] {
        (repliesOfMessage[message] ?? []).map(\.entry)
    }

    func deadReplies(user: String?, task: TaskID?, limit: Int) -> [OutboxEntry] {
        var found: [OutboxEntry] = []
        guard limit > 0, replyCounts[.dead, default: 0] > 0 else { return found }
        replyOrder.walkNewestFirst(before: .max) { reply in
            let entry = reply.entry
            if entry.state == .dead, user == nil || user == entry.address.userKey, task == nil || task == entry.taskID {
                found.append(entry)
            }
            return found.count < limit
        }
        return found
    }

    func outboxCounts() -> [OutboxEntry.State: Int] {
        Dictionary(uniqueKeysWithValues: OutboxEntry.State.allCases.map { ($0, replyCounts[$0] ?? 0) })
    }

    /// Deletes settled entries made before `limit`, at most `batch`.
    /// - Returns: how many went.
    mutating func pruneReplies(before limit: Timestamp, batch: Int) -> Int {
        var old: [MemoryReply] = []
        replyOrder.walkOldestFirst { reply in
            guard reply.entry.createdAt < limit else { return false }
            if reply.entry.state != .pending, !isUnhandled(reply.entry.messageID) { old.append(reply) }
            return old.count < batch
        }
        for reply in old { forget(reply) }
        return old.count
    }

    private mutating func forget(_ reply: MemoryReply) {
        replyOrder.remove(sequence: reply.sequence)
        replies[reply.entry.id] = nil
        replyCounts[reply.entry.state, default: 0] -= 1
        if let origin = reply.entry.origin { replyOrigins[origin] = nil }
        guard let message = reply.entry.messageID else { return }
        repliesOfMessage[message]?.removeAll { $0 === reply }
        if repliesOfMessage[message]?.isEmpty == true { repliesOfMessage[message] = nil }
    }
}
