extension MemoryState {
    mutating func ask(_ record: QuestionRecord, notice: OutboxEntry) -> QuestionRecord {
        if let first = record.origin.flatMap({ questionOrigins[$0] }).flatMap({ questions[$0] }) { return first }
        questions[record.id] = record
        questionOrder.append(record.id)
        if let origin = record.origin { questionOrigins[origin] = record.id }
        post([notice])
        return record
    }

    mutating func answer(_ choice: QuestionChoice, at now: Timestamp) -> AnswerOutcome {
        questions[choice.question]?.take(choice, at: now) ?? .unknown
    }

    func openQuestions(at now: Timestamp) -> [QuestionRecord] {
        questionOrder.compactMap { questions[$0] }.filter { $0.answer == nil && $0.expiresAt > now && ($0.asker == nil || isNeeded($0)) }
    }

    /// Deletes questions whose time was over before `limit`, at most `batch`, but none that a handler may ask again.
    /// - Returns: how many went.
    mutating func pruneQuestions(before limit: Timestamp, batch: Int) -> Int {
        let old = Set(questionOrder.filter { id in questions[id].map { $0.expiresAt < limit && !isNeeded($0) } ?? true }.prefix(batch))
        guard !old.isEmpty else { return 0 }
        questionOrder.removeAll { old.contains($0) }
        for id in old {
            if let origin = questions.removeValue(forKey: id)?.origin { questionOrigins[origin] = nil }
        }
        return old.count
    }

    private func isNeeded(_ question: QuestionRecord) -> Bool {
        guard let asker = question.asker else { return false }
        if let task = tasks[TaskID(rawValue: asker)] { return !task.record.state.isFinal }
        return isUnhandled(MessageID(rawValue: asker))
    }
}
