import DequeModule

/// Everything the memory store holds, with the indexes that keep each step at O(log n) or better.
///
/// It is a plain value without locks: ``MemoryStore`` guards it.
struct MemoryState {
    var isClosed = false
    private var lastSequence = 0

    // Messages
    var messages: [MessageID: MemoryMessage] = [:]
    var messageOrder = SequencedList<MemoryMessage>()
    var remembered: [DeduplicationKey: MemoryMessage] = [:]
    var slots: [String: Timestamp] = [:]
    var triggers: [String: TriggerMemory] = [:]

    // Tasks
    var tasks: [TaskID: MemoryTask] = [:]
    var taskOrder = SequencedList<MemoryTask>()
    var taskOrigins: [String: MemoryTask] = [:]
    var running: [TaskID: MemoryTask] = [:]
    var users: [String: MemoryUser] = [:]
    var tally = TaskTally()
    var queue = MemoryQueue()
    var activeOfMessage: [MessageID: Int] = [:]
    var turns: [SessionKey: SequencedList<MemoryTask>] = [:]
    var nested: [TaskID: [MemoryTask]] = [:]
    /// Completed and cancelled tasks, and failed ones, in the order they ended.
    var ended = Deque<MemoryTask>()
    var failed = Deque<MemoryTask>()

    // Replies
    var replies: [String: MemoryReply] = [:]
    var replyOrder = SequencedList<MemoryReply>()
    var pendingReplies = SequencedList<MemoryReply>()
    var replyOrigins: [String: MemoryReply] = [:]
    var repliesOfMessage: [MessageID: [MemoryReply]] = [:]
    var replyCounts: [OutboxEntry.State: Int] = [:]

    // Questions
    var questions: [String: QuestionRecord] = [:]
    var questionOrigins: [String: String] = [:]
    /// In the order they were asked.
    var questionOrder: [String] = []

    // The scripts' state table
    var scriptState: [String: String] = [:]

    /// The number of the next thing that is stored.
    mutating func nextSequence() -> Int {
        lastSequence += 1
        return lastSequence
    }
}
