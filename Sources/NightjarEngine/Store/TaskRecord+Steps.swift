/// The steps of a task's life. They are pure and every driver applies these, so that all stores agree on what a step means;
/// whether a step may be taken (the fence, the state) is for the driver to check in the same transaction.
extension TaskRecord {
    /// Pending to running: a new attempt under a new lease.
    public mutating func start(leaseToken: String, at now: Timestamp) {
        state = .running
        attempt += 1
        self.leaseToken = leaseToken
        delayedUntil = nil
        startedAt = startedAt ?? now
    }

    /// What a running attempt came to.
    public mutating func apply(_ change: TaskChange, at now: Timestamp) {
        switch change {
        case .complete(let output, let usage):
            self.output = output
            self.usage = usage
            finish(as: .completed, at: now)
        case .fail(let failure, let usage):
            self.failure = failure
            self.usage = usage
            finish(as: .failed, at: now)
        case .retry(let until):
            putBack(until: until)
        case .release(let until):
            attempt -= 1
            putBack(until: until)
        case .withdraw:
            attempt -= 1
            if attempt == 0, lostLeases == 0 { startedAt = nil }
            putBack(until: nil)
        }
    }

    public mutating func cancel(at now: Timestamp) {
        finish(as: .cancelled, at: now)
    }

    /// The process died while it ran this task: back to pending, or to failed when it may be this task that kills it.
    /// - Parameter cap: how many lost leases are forgiven.
    public mutating func loseLease(cap: Int, at now: Timestamp) {
        lostLeases += 1
        if depth > 0 {
            interrupt(at: now)
        } else if lostLeases > cap {
            failure = .poison(lostLeases: lostLeases)
            finish(as: .failed, at: now)
        } else {
            putBack(until: nil)
        }
    }

    /// A nested task that nobody will start again.
    public mutating func interrupt(at now: Timestamp) {
        failure = TaskFailure(
            code: "interrupted", message: "The task that waited for this one ended or was restarted before it was finished.")
        finish(as: .failed, at: now)
    }

    private mutating func putBack(until: Timestamp?) {
        state = .pending
        leaseToken = nil
        // A nested task is not in the queue; its parent's next attempt starts it again.
        delayedUntil = depth == 0 ? until : nil
    }

    private mutating func finish(as end: TaskState, at now: Timestamp) {
        state = end
        leaseToken = nil
        delayedUntil = nil
        finishedAt = now
    }
}
