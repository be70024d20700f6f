import DequeModule

/// The inbox of one session, as a pure state machine: one FIFO of messages, at most one turn at a time, and idle waiters of
/// whom exactly one is let in at a time.
///
/// Idle means: no turn, nothing queued, no independent task, and nobody who was let in and has not begun yet.
struct SessionInbox {
    /// Who has the floor.
    enum Turn: Equatable {
        case none
        /// Promised to a waiter or a message whose task is not in the store yet.
        case claimed
        case running(TaskID)
    }

    private(set) var turn = Turn.none
    /// Whether an interrupt waits for the turn's end. It may have come before there was a task to cancel.
    private(set) var isInterrupted = false
    private(set) var queue: Deque<InboundMessage> = []
    private(set) var independentTasks = 0
    private(set) var waiters: Deque<UInt64> = []

    var isIdle: Bool { turn == .none && queue.isEmpty && independentTasks == 0 }
    /// Nothing worth remembering.
    var isVacant: Bool { isIdle && waiters.isEmpty }

    enum Arrival: Equatable {
        /// The floor was free and is claimed for the message: start its turn.
        case start
        case queued(position: Int)
        case full
    }

    mutating func arrive(_ message: InboundMessage, queueMax: Int) -> Arrival {
        if turn == .none, queue.isEmpty {
            turn = .claimed
            return .start
        }
        guard queue.count < queueMax else { return .full }
        queue.append(message)
        return .queued(position: queue.count)
    }

    /// Puts a message before all others: an interrupt. The queue's limit does not hold for it.
    /// - Returns: with its arrival, the running turn that is to be cancelled for it.
    mutating func interrupt(_ message: InboundMessage) -> (arrival: Arrival, turn: TaskID?) {
        if turn == .none, queue.isEmpty {
            turn = .claimed
            return (.start, nil)
        }
        queue.prepend(message)
        isInterrupted = turn != .none
        if case .running(let task) = turn { return (.queued(position: 1), task) }
        return (.queued(position: 1), nil)
    }

    mutating func turnBegan(_ task: TaskID) { turn = .running(task) }

    enum Next: Equatable {
        case start(InboundMessage)
        case admit(UInt64)
        case nothing
    }

    /// The turn of a task ended; another one's turn is left alone, so that an end that is told twice ends nothing else.
    mutating func turnEnded(_ task: TaskID) -> Next {
        guard turn == .running(task) else { return .nothing }
        turn = .none
        return next()
    }

    /// Who had claimed the floor gives it back.
    mutating func claimReturned() -> Next {
        guard turn == .claimed else { return .nothing }
        turn = .none
        return next()
    }

    mutating func independentTaskBegan() { independentTasks += 1 }

    mutating func independentTaskEnded() -> Next {
        independentTasks = max(0, independentTasks - 1)
        return turn == .none ? next() : .nothing
    }

    /// - Returns: true when the session is idle: it is claimed for the caller now.
    mutating func claimIfIdle() -> Bool {
        guard isIdle else { return false }
        turn = .claimed
        return true
    }

    mutating func wait(_ waiter: UInt64) { waiters.append(waiter) }

    /// - Returns: false when the waiter was let in already, or never waited.
    mutating func stopWaiting(_ waiter: UInt64) -> Bool {
        guard let index = waiters.firstIndex(of: waiter) else { return false }
        waiters.remove(at: index)
        return true
    }

    private mutating func next() -> Next {
        isInterrupted = false
        if let message = queue.popFirst() {
            turn = .claimed
            return .start(message)
        }
        guard isIdle, let waiter = waiters.popFirst() else { return .nothing }
        turn = .claimed
        return .admit(waiter)
    }
}
