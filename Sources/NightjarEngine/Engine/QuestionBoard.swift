import Synchronization

/// The open questions of this process: who waits for their answers, and which one a person means who types a number.
final class QuestionBoard: Sendable {
    private struct Entry {
        var record: QuestionRecord
        var waiters: [UInt64: AsyncStream<QuestionRecord>.Continuation] = [:]
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// In the order they were asked.
        var order: [String] = []
        var lastWaiter: UInt64 = 0
    }

    private let state = Mutex(State())

    /// A question is in the store and has no answer yet.
    func open(_ record: QuestionRecord) {
        state.withLock { state in
            guard state.entries[record.id] == nil else { return }
            state.entries[record.id] = Entry(record: record)
            state.order.append(record.id)
        }
    }

    func isOpen(_ id: String) -> Bool { state.withLock { $0.entries[id] != nil } }

    /// It was answered, or nobody waits for it any more.
    func close(_ record: QuestionRecord) {
        let entry = state.withLock { state in
            state.order.removeAll { $0 == record.id }
            return state.entries.removeValue(forKey: record.id)
        }
        for waiter in (entry?.waiters ?? [:]).values { waiter.yield(record) }
    }

    /// The answer that a plain text is: the number or the words of a choice of the newest open question its sender may answer.
    func answer(_ text: String, from address: Address, at now: Timestamp) -> QuestionChoice? {
        state.withLock { state in
            let text = text[...].trimmed(while: \.properties.isWhitespace).lowercased()
            for id in state.order.reversed() {
                guard let record = state.entries[id]?.record, record.expiresAt > now, record.admits(address) else { continue }
                let choices = record.question.choices
                let index = Int(text).map { $0 - 1 } ?? choices.firstIndex { $0.lowercased() == text }
                guard let index, choices.indices.contains(index) else { continue }
                return QuestionChoice(question: id, index: index, address: address)
            }
            return nil
        }
    }

    /// Waits until the question is closed.
    /// - Returns: as it was then.
    /// - Throws: `CancellationError`.
    func wait(for record: QuestionRecord) async throws -> QuestionRecord {
        let (stream, continuation) = AsyncStream<QuestionRecord>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let waiter = state.withLock { state -> UInt64? in
            guard state.entries[record.id] != nil else { return nil }
            state.lastWaiter += 1
            state.entries[record.id]?.waiters[state.lastWaiter] = continuation
            return state.lastWaiter
        }
        guard let waiter else { return record }
        defer { state.withLock { _ = $0.entries[record.id]?.waiters.removeValue(forKey: waiter) } }
        for await closed in stream { return closed }
        throw CancellationError()
    }

    /// Forgets a question that nobody waits for any more, so that what is typed is not taken for its answer.
    func abandon(_ record: QuestionRecord) {
        state.withLock { state in
            guard state.entries[record.id]?.waiters.isEmpty == true else { return }
            state.entries[record.id] = nil
            state.order.removeAll { $0 == record.id }
        }
    }
}
