import HeapModule

/// The pending tasks: those that are due in the order they are claimed, the others by when they fall due.
///
/// A cancelled task is not searched for in here: it is passed over when its turn comes.
struct MemoryQueue {
    private struct Ready: Comparable {
        // Copied from the task, so that the heap compares without following a reference.
        let stamp: Int64
        let sequence: Int
        let task: MemoryTask

        init(_ task: MemoryTask) {
            stamp = task.stamp
            sequence = task.sequence
            self.task = task
        }

        static func < (left: Ready, right: Ready) -> Bool {
            left.stamp != right.stamp ? left.stamp < right.stamp : left.sequence < right.sequence
        }

        static func == (left: Ready, right: Ready) -> Bool {
            left.task === right.task
        }
    }

    private struct Delayed: Comparable {
        let due: Timestamp
        let task: MemoryTask

        static func < (left: Delayed, right: Delayed) -> Bool {
            (left.due.milliseconds, left.task.sequence) < (right.due.milliseconds, right.task.sequence)
        }

        static func == (left: Delayed, right: Delayed) -> Bool {
            left.task === right.task
        }
    }

    private var ready = [Heap<Ready>](repeating: Heap(), count: TaskPriority.allCases.count)
    private var delayed = Heap<Delayed>()
    private var clocks = [Int64](repeating: 0, count: TaskPriority.allCases.count)

    /// The stamp of the next task of `user`.
    mutating func stamp(for user: MemoryUser, priority: TaskPriority) -> Int64 {
        let stamp = FairQueue.stamp(clock: clocks[priority.rawValue], lastOfUser: user.stamps[priority.rawValue])
        user.stamps[priority.rawValue] = stamp
        return stamp
    }

    mutating func insert(_ task: MemoryTask) {
        if let due = task.record.delayedUntil {
            delayed.insert(Delayed(due: due, task: task))
        } else {
            ready[task.record.priority.rawValue].insert(Ready(task))
        }
    }

    /// Takes the next task that is due.
    mutating func next(at now: Timestamp) -> MemoryTask? {
        promote(at: now)
        for priority in ready.indices {
            while let task = ready[priority].popMin()?.task {
                guard task.record.state == .pending else { continue }
                pass(task)
                return task
            }
        }
        return nil
    }

    /// The clock passes a task that starts: taken from the queue, or without having been in it.
    mutating func pass(_ task: MemoryTask) {
        let priority = task.record.priority.rawValue
        clocks[priority] = max(clocks[priority], task.stamp)
    }

    /// Whether some task is due.
    mutating func hasDue(at now: Timestamp) -> Bool {
        promote(at: now)
        for priority in ready.indices {
            while let first = ready[priority].min {
                if first.task.record.state == .pending { return true }
                ready[priority].removeMin()
            }
        }
        return false
    }

    /// When the next delayed task falls due.
    mutating func nextDue() -> Timestamp? {
        dropCancelled()
        return delayed.min?.due
    }

    private mutating func promote(at now: Timestamp) {
        dropCancelled()
        while let first = delayed.min, first.due <= now {
            delayed.removeMin()
            first.task.record.delayedUntil = nil
            ready[first.task.record.priority.rawValue].insert(Ready(first.task))
            dropCancelled()
        }
    }

    private mutating func dropCancelled() {
        while let first = delayed.min, first.task.record.state != .pending {
            delayed.removeMin()
        }
    }
}
