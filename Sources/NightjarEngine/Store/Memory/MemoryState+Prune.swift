import DequeModule

extension MemoryState {
    mutating func prune(_ retention: Retention, at now: Timestamp, batch: Int) -> Int {
        let ended = pruneTasks(\.ended, before: now - retention.completed, batch: batch)
        let failed = pruneTasks(\.failed, before: now - retention.failed, batch: batch - ended)
        let messageLimit = now - max(retention.messages, StoreLimits.deduplicationWindow)
        let messages = pruneMessages(before: messageLimit, batch: batch)
        let replies = pruneReplies(before: messageLimit, batch: batch)
        let questions = pruneQuestions(before: messageLimit, batch: batch)
        return max(ended + failed, messages, replies, questions)
    }

    private mutating func pruneTasks(
        _ list: WritableKeyPath<MemoryState, Deque<MemoryTask>>, before limit: Timestamp, batch: Int
    ) -> Int {
        var pruned = 0
        var kept: [MemoryTask] = []
        while pruned + kept.count < batch, let task = self[keyPath: list].first,
            let finishedAt = task.record.finishedAt, finishedAt < limit
        {
            self[keyPath: list].removeFirst()
            if isNeeded(task) {
                kept.append(task)
            } else {
                forget(task)
                pruned += 1
            }
        }
        // Behind the others, so that tasks which must be kept do not block the batches to come.
        self[keyPath: list].append(contentsOf: kept)
        return pruned
    }

    /// Whether a handler or a parent may run again and ask for this task.
    private func isNeeded(_ task: MemoryTask) -> Bool {
        if isUnhandled(task.record.messageID) { return true }
        guard let parent = task.record.parent.flatMap({ tasks[$0] }) else { return false }
        return !parent.record.state.isFinal
    }
}
