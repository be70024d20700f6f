/// What survives: messages, tasks, journals, replies, trigger slots and the scripts' `state` table.
///
/// Every method is one atomic step. When it returns, what it wrote is as durable as the driver promises (SQLite: on the disk);
/// drivers may group the steps of concurrent callers into one transaction. Writes that one caller makes one after the other
/// become durable in that order. One conformance suite in `NightjarTesting` runs against all drivers.
///
/// All methods throw ``StoreError``.
public protocol Store: Sendable {
    // MARK: Inbox

    /// Persists a message unless it is a duplicate, and claims a trigger's slot in the same step.
    ///
    /// The key (platform, channel, user, external id) is kept for ``StoreLimits/deduplicationWindow``.
    /// - Parameter slot: claimed by compare-and-swap; when it is already taken nothing is stored.
    func accept(_ message: InboundMessage, claiming slot: TriggerSlot?) async throws -> AcceptOutcome

    /// Marks a message handled and stores its replies, in one step. Entries whose origin exists already are left as they are.
    func finishMessage(_ id: MessageID, replies: [OutboxEntry]) async throws

    func message(_ id: MessageID) async throws -> MessageRecord?

    /// Every message whose handler has not ended, oldest first.
    func unhandledMessages() async throws -> [MessageRecord]

    // MARK: Tasks

    /// Stores a new pending task and stamps its fair place in the queue.
    ///
    /// - Parameters:
    ///   - quota: how many active tasks the user may have; nil is unlimited. Nested tasks do not count.
    ///   - notice: stored in the same step.
    ///   - start: moves the task to running at once, as a ``claim(limit:at:)`` right after it would; only when no other task is due, so that
    ///     none is overtaken. The task is the caller's to run if it comes back with the caller's token.
    func enqueue(_ task: TaskRecord, quota: Int?, notice: OutboxEntry?, start: ImmediateStart?) async throws -> EnqueueOutcome

    /// Stores a nested task that runs at once under its parent's permit, with its first attempt and lease; it never enters
    /// the queue.
    ///
    /// A known origin gives the existing task: one that was put back as pending is started again with this token, any other is
    /// returned as it is. The task is the caller's to run if it comes back with the caller's token.
    func startNested(_ task: TaskRecord, leaseToken: String, at now: Timestamp) async throws -> TaskRecord

    /// Moves up to `limit` due tasks to running, by (priority, fair stamp, age), each with a fresh lease token and its attempt
    /// counted; sets `startedAt` on the first.
    func claim(limit: Int, at now: Timestamp) async throws -> [TaskRecord]

    /// When the next delayed task falls due, or nil when none is delayed.
    func nextDelayedTask() async throws -> Timestamp?

    /// Applies a change to a running attempt if the fence still holds, with its notices, in one step.
    ///
    /// When a task ends, here or by ``cancel(_:notice:at:)``, its nested tasks that wait to be started again fail with it
    /// (`interrupted`).
    /// - Returns: the task after the change, or nil when the fence no longer holds (then nothing was written).
    func settle(_ fence: TaskFence, _ change: TaskChange, notices: [OutboxEntry], at now: Timestamp) async throws -> TaskRecord?

    /// Cancels a task that has not finished, with a notice, in one step.
    func cancel(_ id: TaskID, notice: OutboxEntry?, at now: Timestamp) async throws -> CancelOutcome

    /// At start, in a store with one owner: all earlier leases are void. Puts running tasks back as pending with one more lost
    /// lease; those over the cap fail with code `poison`, and nested ones fail with code `interrupted`.
    /// - Parameter notice: what to tell of a task that has failed thereby; stored in the same step.
    /// - Returns: the tasks that were running, as they are now, oldest first.
    func recoverLeases(
        lostLeaseCap: Int, at now: Timestamp, notice: @escaping @Sendable (TaskRecord) -> OutboxEntry?
    ) async throws -> [TaskRecord]

    func task(_ id: TaskID) async throws -> TaskRecord?

    /// Tasks whose id starts with `prefix`, at most `limit`, by id.
    func tasks(idPrefix prefix: String, limit: Int) async throws -> [TaskRecord]

    /// Newest first, in the order they were stored; a page is not disturbed by tasks that come or go meanwhile.
    func tasks(_ query: TaskQuery) async throws -> TaskPage

    /// How many tasks are in each state; every state has an entry.
    /// - Parameter user: a user key to count one person's tasks; nil counts everyone's.
    func taskCounts(user: String?) async throws -> [TaskState: Int]

    /// The last `limit` completed turns of a session, in the order they ended.
    func turns(of session: SessionKey, limit: Int) async throws -> [TaskRecord]

    /// How many tasks a message has started that are not final yet, nested ones included.
    func activeTaskCount(of message: MessageID) async throws -> Int

    // MARK: Journal

    /// Adds a step of a running attempt to the task's journal.
    /// - Returns: false when the fence no longer holds (then nothing was written).
    func appendJournal(_ fence: TaskFence, _ entry: JournalEntry) async throws -> Bool

    func journal(of task: TaskID) async throws -> [JournalEntry]

    // MARK: Outbox

    /// Stores messages to be delivered; one whose origin exists already is left as it is.
    /// - Returns: those that were stored, in order: the others were promised before, and must not be delivered twice.
    @discardableResult
    func post(_ entries: [OutboxEntry]) async throws -> [OutboxEntry]

    /// Entries that are pending, in the order they were promised, due or not.
    /// - Parameter last: only those promised after this entry, which ended the page before; nil begins with the first.
    func pendingOutbox(limit: Int, after last: OutboxEntry?) async throws -> [OutboxEntry]

    /// Records the state of a delivery: its frozen text, attempts, next attempt or end. Unknown entries are passed over.
    func updateOutbox(_ entries: [OutboxEntry]) async throws

    /// All replies to a message, in the order they were promised.
    func replies(to message: MessageID) async throws -> [OutboxEntry]

    /// The last entries that were given up, newest first.
    /// - Parameters:
    ///   - user: a user key: those for one person; nil is everyone's.
    ///   - task: those that tell of one task; nil is all.
    func deadReplies(user: String?, task: TaskID?, limit: Int) async throws -> [OutboxEntry]

    /// How many entries are in each state; every state has an entry.
    func outboxCounts() async throws -> [OutboxEntry.State: Int]

    // MARK: Questions

    /// Stores a question and the message that asks it, in one step. A known origin gives the first one, and nothing is stored.
    func ask(_ record: QuestionRecord, notice: OutboxEntry) async throws -> QuestionRecord

    /// Takes an answer if it counts, as ``QuestionRecord/take(_:at:)`` decides.
    func answer(_ choice: QuestionChoice, at now: Timestamp) async throws -> AnswerOutcome

    func question(_ id: String) async throws -> QuestionRecord?

    /// Those that have no answer and are not past their time, oldest first.
    func openQuestions(at now: Timestamp) async throws -> [QuestionRecord]

    // MARK: Triggers

    /// The last claimed slot of each trigger.
    func lastSlots() async throws -> [String: Timestamp]

    /// Makes slots the last claimed ones without firing anything, so that a grid is remembered. One that lies before what was claimed counts
    /// too: the grid begins anew since a clock was wrong, and claims must not wait until that date.
    func claimSlots(_ slots: [TriggerSlot]) async throws

    /// What was remembered of triggers: saved here, or counted with a claimed slot.
    func triggerMemories() async throws -> [TriggerMemory]

    /// Remembers triggers as they are now; what is blank is forgotten.
    func saveTriggers(_ memories: [TriggerMemory]) async throws

    // MARK: The scripts' state table

    /// All of it, as JSON text by key.
    func loadState() async throws -> [String: String]

    /// Writes some keys; nil removes one.
    func saveState(_ changes: [String: String?]) async throws

    // MARK: Housekeeping

    /// Deletes what is past its retention, at most `batch` rows of each kind.
    ///
    /// Tasks, replies and questions of a message whose handler has not ended are kept, since the handler may run again and must
    /// find them; so are nested tasks and questions of an unfinished task.
    /// - Returns: how many rows went of the kind of which most went: while that is `batch`, more may be left.
    func prune(_ retention: Retention, at now: Timestamp, batch: Int) async throws -> Int

    /// Flushes and closes. Calls after it throw ``StoreError/Code/closed``.
    func close() async throws
}

extension Store {
    /// Stores a new task that waits for its turn.
    public func enqueue(_ task: TaskRecord, quota: Int?, notice: OutboxEntry?) async throws -> EnqueueOutcome {
        try await enqueue(task, quota: quota, notice: notice, start: nil)
    }

    /// The first entries that are pending.
    public func pendingOutbox(limit: Int) async throws -> [OutboxEntry] { try await pendingOutbox(limit: limit, after: nil) }
}
