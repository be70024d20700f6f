import Synchronization

/// A store in memory: fast, and gone with the process. For tests, and for people who need no durability.
///
/// Every method does its step under one lock and never suspends. A claim costs O(log n) in the number of pending tasks.
public final class MemoryStore: Store {
    private let state = Mutex(MemoryState())

    public init() {}

    public func close() {
        state.withLock { $0.isClosed = true }
    }

    private func access<Result: Sendable>(_ body: (inout MemoryState) throws -> Result) throws -> Result {
        try state.withLock { state in
            guard !state.isClosed else { throw StoreError(.closed, "The store was closed.") }
            return try body(&state)
        }
    }

    // MARK: Inbox

    public func accept(_ message: InboundMessage, claiming slot: TriggerSlot?) throws -> AcceptOutcome {
        try access { $0.accept(message, claiming: slot) }
    }

    public func finishMessage(_ id: MessageID, replies: [OutboxEntry]) throws {
        try access { $0.finishMessage(id, replies: replies) }
    }

    public func message(_ id: MessageID) throws -> MessageRecord? {
        try access { $0.messages[id]?.record }
    }

    public func unhandledMessages() throws -> [MessageRecord] {
        try access { $0.unhandledMessages() }
    }

    // MARK: Tasks

    public func enqueue(_ task: TaskRecord, quota: Int?, notice: OutboxEntry?, start: ImmediateStart?) throws -> EnqueueOutcome {
        try access { try $0.enqueue(task, quota: quota, notice: notice, start: start) }
    }

    public func startNested(_ task: TaskRecord, leaseToken: String, at now: Timestamp) throws -> TaskRecord {
        try access { try $0.startNested(task, leaseToken: leaseToken, at: now) }
    }

    public func claim(limit: Int, at now: Timestamp) throws -> [TaskRecord] {
        try access { $0.claim(limit: limit, at: now) }
    }

    public func nextDelayedTask() throws -> Timestamp? {
        try access { $0.queue.nextDue() }
    }

    public func settle(
        _ fence: TaskFence, _ change: TaskChange, notices: [OutboxEntry], at now: Timestamp
    ) throws -> TaskRecord? {
        try access { $0.settle(fence, change, notices: notices, at: now) }
    }

    public func cancel(_ id: TaskID, notice: OutboxEntry?, at now: Timestamp) throws -> CancelOutcome {
        try access { $0.cancel(id, notice: notice, at: now) }
    }

    public func recoverLeases(
        lostLeaseCap: Int, at now: Timestamp, notice: @escaping @Sendable (TaskRecord) -> OutboxEntry?
    ) throws -> [TaskRecord] {
        try access { $0.recoverLeases(lostLeaseCap: lostLeaseCap, at: now, notice: notice) }
    }

    public func task(_ id: TaskID) throws -> TaskRecord? {
        try access { $0.tasks[id]?.record }
    }

    public func tasks(idPrefix prefix: String, limit: Int) throws -> [TaskRecord] {
        try access { $0.tasks(idPrefix: prefix, limit: limit) }
    }

    public func tasks(_ query: TaskQuery) throws -> TaskPage {
        try access { try $0.page(query) }
    }

    public func taskCounts(user: String?) throws -> [TaskState: Int] {
        try access { $0.taskCounts(user: user) }
    }

    public func turns(of session: SessionKey, limit: Int) throws -> [TaskRecord] {
        try access { $0.turns(of: session, limit: limit) }
    }

    public func activeTaskCount(of message: MessageID) throws -> Int {
        try access { $0.activeOfMessage[message] ?? 0 }
    }

    // MARK: Journal

    public func appendJournal(_ fence: TaskFence, _ entry: JournalEntry) throws -> Bool {
        try access { $0.appendJournal(fence, entry) }
    }

    public func journal(of task: TaskID) throws -> [JournalEntry] {
        try access { $0.tasks[task]?.journal ?? [] }
    }

    // MARK: Outbox

    @discardableResult
    public func post(_ entries: [OutboxEntry]) throws -> [OutboxEntry] {
        try access { $0.post(entries) }
    }

    public func pendingOutbox(limit: Int, after last: OutboxEntry?) throws -> [OutboxEntry] {
        try access { $0.pendingOutbox(limit: limit, after: last) }
    }

    public func updateOutbox(_ entries: [OutboxEntry]) throws {
        try access { $0.updateOutbox(entries) }
    }

    public func replies(to message: MessageID) throws -> [OutboxEntry] {
        try access { $0.replies(to: message) }
    }

    public func deadReplies(user: String?, task: TaskID?, limit: Int) throws -> [OutboxEntry] {
        try access { $0.deadReplies(user: user, task: task, limit: limit) }
    }

    public func outboxCounts() throws -> [OutboxEntry.State: Int] {
        try access { $0.outboxCounts() }
    }

    // MARK: Questions

    public func ask(_ record: QuestionRecord, notice: OutboxEntry) throws -> QuestionRecord {
        try access { $0.ask(record, notice: notice) }
    }

    public func answer(_ choice: QuestionChoice, at now: Timestamp) throws -> AnswerOutcome {
        try access { $0.answer(choice, at: now) }
    }

    public func question(_ id: String) throws -> QuestionRecord? {
        try access { $0.questions[id] }
    }

    public func openQuestions(at now: Timestamp) throws -> [QuestionRecord] {
        try access { $0.openQuestions(at: now) }
    }

    // MARK: Triggers

    public func lastSlots() throws -> [String: Timestamp] {
        try access { $0.slots }
    }

    public func claimSlots(_ slots: [TriggerSlot]) throws {
        try access { state in
            for slot in slots { state.slots[slot.trigger] = slot.due }
        }
    }

    public func triggerMemories() throws -> [TriggerMemory] {
        try access { Array($0.triggers.values) }
    }

    public func saveTriggers(_ memories: [TriggerMemory]) throws {
        try access { $0.saveTriggers(memories) }
    }

    // MARK: The scripts' state table

    public func loadState() throws -> [String: String] {
        try access { $0.scriptState }
    }

    public func saveState(_ changes: [String: String?]) throws {
        try access { state in
            for (key, value) in changes { state.scriptState[key] = value }
        }
    }

    // MARK: Housekeeping

    public func prune(_ retention: Retention, at now: Timestamp, batch: Int) throws -> Int {
        try access { $0.prune(retention, at: now, batch: batch) }
    }
}
