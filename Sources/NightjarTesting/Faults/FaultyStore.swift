public import NightjarEngine
internal import Synchronization

/// A store that fails when a test says so, and that can be cut off, as a process is that dies.
public final class FaultyStore: Store {
    private struct Fault {
        var error: StoreError
        /// How often it happens; nil is until it is mended.
        var times: Int?
    }

    private struct State {
        var faults: [StoreStep: Fault] = [:]
        var calls: [StoreStep: Int] = [:]
        var isCut = false
        var before: [StoreStep: @Sendable () async -> Void] = [:]
        var afterClaim: (@Sendable ([TaskRecord]) async -> Void)?
        var afterEnqueue: (@Sendable (TaskRecord) async -> Void)?
    }

    /// What survives.
    public let base: any Store
    private let state = Mutex(State())

    public init(_ base: any Store) {
        self.base = base
    }

    /// Makes a step fail, before anything of it is done.
    public func fail(
        _ steps: StoreStep..., times: Int? = nil, with error: StoreError = StoreError(.full, "The disk is full.")
    ) {
        state.withLock { state in
            for step in steps { state.faults[step] = Fault(error: error, times: times) }
        }
    }

    /// All steps work again.
    public func mend() { state.withLock { $0.faults = [:] } }

    /// From now on nothing reaches the store: for whoever holds this one, the process has died.
    public func cut() { state.withLock { $0.isCut = true } }

    /// Calls `body` before each try of a step, which waits for it.
    public func before(_ step: StoreStep, _ body: (@Sendable () async -> Void)?) { state.withLock { $0.before[step] = body } }

    /// Calls `body` right after tasks were claimed, before whoever claimed them has them.
    public func afterClaim(_ body: (@Sendable ([TaskRecord]) async -> Void)?) { state.withLock { $0.afterClaim = body } }

    /// Calls `body` right after a task was stored, before whoever stored it knows.
    public func afterEnqueue(_ body: (@Sendable (TaskRecord) async -> Void)?) { state.withLock { $0.afterEnqueue = body } }

    /// How often a step was tried.
    public func calls(of step: StoreStep) -> Int { state.withLock { $0.calls[step, default: 0] } }

    private func attempt(_ step: StoreStep) async throws -> any Store {
        await state.withLock { $0.before[step] }?()
        try state.withLock { state in
            state.calls[step, default: 0] += 1
            if state.isCut { throw StoreError(.closed, "The store was cut off.") }
            guard let fault = state.faults[step] else { return }
            if let times = fault.times { state.faults[step] = times > 1 ? Fault(error: fault.error, times: times - 1) : nil }
            throw fault.error
        }
        return base
    }
}

extension FaultyStore {
    public func accept(_ message: InboundMessage, claiming slot: TriggerSlot?) async throws -> AcceptOutcome {
        try await attempt(.accept).accept(message, claiming: slot)
    }

    public func finishMessage(_ id: MessageID, replies: [OutboxEntry]) async throws {
        try await attempt(.finishMessage).finishMessage(id, replies: replies)
    }

    public func message(_ id: MessageID) async throws -> MessageRecord? { try await attempt(.message).message(id) }

    public func unhandledMessages() async throws -> [MessageRecord] {
        try await attempt(.unhandledMessages).unhandledMessages()
    }

    public func enqueue(
        _ task: TaskRecord, quota: Int?, notice: OutboxEntry?, start: ImmediateStart?
    ) async throws -> EnqueueOutcome {
        let outcome = try await attempt(.enqueue).enqueue(task, quota: quota, notice: notice, start: start)
        await state.withLock(\.afterEnqueue)?(task)
        return outcome
    }

    public func startNested(_ task: TaskRecord, leaseToken: String, at now: Timestamp) async throws -> TaskRecord {
        try await attempt(.startNested).startNested(task, leaseToken: leaseToken, at: now)
    }

    public func claim(limit: Int, at now: Timestamp) async throws -> [TaskRecord] {
        let claimed = try await attempt(.claim).claim(limit: limit, at: now)
        if !claimed.isEmpty { await state.withLock(\.afterClaim)?(claimed) }
        return claimed
    }

    public func nextDelayedTask() async throws -> Timestamp? { try await attempt(.nextDelayedTask).nextDelayedTask() }

    public func settle(
        _ fence: TaskFence, _ change: TaskChange, notices: [OutboxEntry], at now: Timestamp
    ) async throws -> TaskRecord? {
        try await attempt(.settle).settle(fence, change, notices: notices, at: now)
    }

    public func cancel(_ id: TaskID, notice: OutboxEntry?, at now: Timestamp) async throws -> CancelOutcome {
        try await attempt(.cancel).cancel(id, notice: notice, at: now)
    }

    public func recoverLeases(
        lostLeaseCap: Int, at now: Timestamp, notice: @escaping @Sendable (TaskRecord) -> OutboxEntry?
    ) async throws -> [TaskRecord] {
        try await attempt(.recoverLeases).recoverLeases(lostLeaseCap: lostLeaseCap, at: now, notice: notice)
    }

    public func task(_ id: TaskID) async throws -> TaskRecord? { try await attempt(.readTask).task(id) }

    public func tasks(idPrefix prefix: String, limit: Int) async throws -> [TaskRecord] {
        try await attempt(.listTasks).tasks(idPrefix: prefix, limit: limit)
    }

    public func tasks(_ query: TaskQuery) async throws -> TaskPage { try await attempt(.listTasks).tasks(query) }

    public func taskCounts(user: String?) async throws -> [TaskState: Int] {
        try await attempt(.taskCounts).taskCounts(user: user)
    }

    public func turns(of session: SessionKey, limit: Int) async throws -> [TaskRecord] {
        try await attempt(.turns).turns(of: session, limit: limit)
    }

    public func activeTaskCount(of message: MessageID) async throws -> Int {
        try await attempt(.activeTaskCount).activeTaskCount(of: message)
    }

    public func appendJournal(_ fence: TaskFence, _ entry: JournalEntry) async throws -> Bool {
        try await attempt(.appendJournal).appendJournal(fence, entry)
    }

    public func journal(of task: TaskID) async throws -> [JournalEntry] { try await attempt(.journal).journal(of: task) }

    @discardableResult
    public func post(_ entries: [OutboxEntry]) async throws -> [OutboxEntry] { try await attempt(.post).post(entries) }

    public func pendingOutbox(limit: Int, after last: OutboxEntry?) async throws -> [OutboxEntry] {
        try await attempt(.pendingOutbox).pendingOutbox(limit: limit, after: last)
    }

    public func updateOutbox(_ entries: [OutboxEntry]) async throws {
        try await attempt(.updateOutbox).updateOutbox(entries)
    }

    public func replies(to message: MessageID) async throws -> [OutboxEntry] {
        try await attempt(.replies).replies(to: message)
    }

    public func deadReplies(user: String?, task: TaskID?, limit: Int) async throws -> [OutboxEntry] {
        try await attempt(.deadReplies).deadReplies(user: user, task: task, limit: limit)
    }

    public func outboxCounts() async throws -> [OutboxEntry.State: Int] { try await attempt(.outboxCounts).outboxCounts() }

    public func ask(_ record: QuestionRecord, notice: OutboxEntry) async throws -> QuestionRecord {
        try await attempt(.ask).ask(record, notice: notice)
    }

    public func answer(_ choice: QuestionChoice, at now: Timestamp) async throws -> AnswerOutcome {
        try await attempt(.answer).answer(choice, at: now)
    }

    public func question(_ id: String) async throws -> QuestionRecord? { try await attempt(.questions).question(id) }

    public func openQuestions(at now: Timestamp) async throws -> [QuestionRecord] {
        try await attempt(.questions).openQuestions(at: now)
    }

    public func lastSlots() async throws -> [String: Timestamp] { try await attempt(.slots).lastSlots() }

    public func claimSlots(_ slots: [TriggerSlot]) async throws { try await attempt(.slots).claimSlots(slots) }

    public func triggerMemories() async throws -> [TriggerMemory] { try await attempt(.slots).triggerMemories() }

    public func saveTriggers(_ memories: [TriggerMemory]) async throws { try await attempt(.saveTriggers).saveTriggers(memories) }

    public func loadState() async throws -> [String: String] { try await attempt(.loadState).loadState() }

    public func saveState(_ changes: [String: String?]) async throws { try await attempt(.saveState).saveState(changes) }

    public func prune(_ retention: Retention, at now: Timestamp, batch: Int) async throws -> Int {
        try await attempt(.prune).prune(retention, at: now, batch: batch)
    }

    public func close() async throws { try await base.close() }
}
