import Logging
import Synchronization

extension Engine {
    /// Asks a person and waits for the choice. The question survives the process: a handler that runs again after a crash finds it, or its
    /// answer, by its origin.
    /// - Returns: nil when the time is over.
    /// - Throws: ``HandlerFailure`` when the script asks something else than before the crash, ``StoreError``, `CancellationError`.
    func ask(
        _ question: Question, timeout: Duration, of address: Address, replyRoute: String?, messageID: MessageID?, task: TaskRecord?,
        origin: String?, asker: String?
    ) async throws -> String? {
        guard !LogPlatform.names.contains(address.platform) else {
            throw HandlerFailure("nobody can answer here: a trigger that asks needs a channel, such as \"slack:#ops\"")
        }
        let waiting: Logger.Metadata = ["question": "\(question.id)"]
        try await whenStoreWorks(waiting) { try await flush() }
        let wanted = QuestionRecord(question: question, address: address, origin: origin, asker: asker, expiresAt: clock.now + timeout)
        let notice = entry(
            .question(question), to: address, replyRoute: replyRoute, messageID: messageID, taskID: task?.id,
            origin: origin.map { "\($0)/question" })
        let record = try await whenStoreWorks(waiting) { try await store.ask(wanted, notice: notice) }
        guard record.question.text == question.text, record.question.choices == question.choices else {
            throw HandlerFailure("the script changed while it waited for an answer: it asked \"\(record.question.text)\" before the restart")
        }
        if let choice = record.choice { return choice }
        questions.open(record)
        if record.id == question.id {
            didPost([notice])
        } else if let messageID, record.expiresAt > clock.now {
            // Shown by the last process: who watches the handler that runs again is told that it is the person's turn.
            tracker.publish(.asked(question: record.id), to: messageID)
        }
        // It may have been answered between the store's step and this one.
        if let now = try await whenStoreWorks(waiting, { try await store.question(record.id) }), now.answer != nil { questions.close(now) }
        return try await whileParked(task) { try await waitForAnswer(to: record) }
    }

    private func waitForAnswer(to record: QuestionRecord) async throws -> String? {
        let remaining = record.expiresAt - clock.now
        let deadline = orchestrator.deadlines.schedule(after: max(remaining, .zero)) { [questions] in questions.close(record) }
        defer { orchestrator.deadlines.cancel(deadline) }
        do {
            return try await questions.wait(for: record).choice
        } catch {
            // A process that ends leaves its questions to the next one, and takes answers until then.
            if state.withLock({ $0.phase == .ready }) { questions.abandon(record) }
            throw error
        }
    }

    /// A shutdown does not wait for people: what they answer meanwhile is stored, and the next process goes on from there.
    private func whileParked<Result>(_ task: TaskRecord?, _ body: () async throws -> Result) async throws -> Result {
        parked.add(1, ordering: .relaxed)
        if task != nil { orchestrator.parked.add(1, ordering: .relaxed) }
        defer {
            parked.subtract(1, ordering: .relaxed)
            if task != nil { orchestrator.parked.subtract(1, ordering: .relaxed) }
        }
        return try await body()
    }

    /// Takes the press of a button, or what was typed in its place.
    /// - Throws: ``StoreError``
    func choose(_ choice: QuestionChoice) async throws -> PlatformEventOutcome {
        switch try await store.answer(choice, at: clock.now) {
        case .answered(let record):
            questions.close(record)
            return .chosen(record.choice ?? "")
        case .alreadyAnswered(let record):
            return .refused("this was answered already: \(record.choice ?? "")")
        case .expired:
            return .refused("the time to answer this is over")
        case .notAllowed:
            return .refused("somebody else was asked this")
        case .unknown:
            return .refused("this question is not open any more")
        }
    }

    /// - Returns: whether the message was the answer to a question; then it is handled.
    func takeAsAnswer(_ message: InboundMessage, _ text: String) async -> Bool {
        guard let choice = questions.answer(text, from: message.address, at: clock.now) else { return false }
        do {
            let outcome = try await whenStoreWorks(["message.id": "\(message.id)"]) { try await choose(choice) }
            if case .refused(let reason) = outcome {
                await finish(message, replies: [.error(ReplyError(level: .validation, code: "not_answered", message: reason))])
            } else {
                await finish(message, replies: [])
            }
        } catch {
            await finish(message, replies: [.error(replyError(error))])
        }
        return true
    }

    /// Whether a question still waits for its answer.
    public func isAsking(_ question: String) -> Bool { questions.isOpen(question) }

    /// Questions of the last process can be answered before the handlers that asked them run again.
    func restoreQuestions() async throws {
        for record in try await store.openQuestions(at: clock.now) { questions.open(record) }
    }
}
