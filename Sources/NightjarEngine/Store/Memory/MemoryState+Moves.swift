/// The indexes follow every change of a task's state here, and nowhere else.
extension MemoryState {
    /// Stores a new task as pending.
    mutating func insert(_ record: TaskRecord, user: MemoryUser, stamp: Int64) -> MemoryTask {
        var record = record
        record.state = .pending
        let task = MemoryTask(sequence: nextSequence(), user: user, stamp: stamp, record: record)
        tasks[record.id] = task
        taskOrder.append(task, sequence: task.sequence)
        if let origin = record.origin { taskOrigins[origin] = task }
        if let message = record.messageID { activeOfMessage[message, default: 0] += 1 }
        if record.depth == 0 { user.active += 1 }
        count(task, in: .pending, by: 1)
        return task
    }

    /// Applies a step to a task and brings the indexes in line with its new state.
    mutating func move(_ task: MemoryTask, _ step: (inout TaskRecord) -> Void) {
        let before = task.record.state
        step(&task.record)
        let after = task.record.state
        count(task, in: before, by: -1)
        count(task, in: after, by: 1)
        if before == .running { running[task.record.id] = nil }
        if after == .running { running[task.record.id] = task }
        if after.isFinal, !before.isFinal { index(ended: task) }
    }

    /// After a step that took a task out of its attempt: back into the queue, or the end of what waited for it.
    mutating func requeueOrClose(_ task: MemoryTask, at now: Timestamp) {
        if task.record.state == .pending {
            if task.record.depth == 0 {
                queue.insert(task)
            } else if task.record.parent.flatMap({ tasks[$0] })?.record.state.isFinal ?? true {
                interrupt(task, at: now)
            }
        } else if task.record.state.isFinal {
            interruptNested(of: task, at: now)
        }
    }

    /// Removes an ended task from every index.
    mutating func forget(_ task: MemoryTask) {
        let record = task.record
        tasks[record.id] = nil
        taskOrder.remove(sequence: task.sequence)
        if let origin = record.origin { taskOrigins[origin] = nil }
        nested[record.id] = nil
        if let parent = record.parent {
            nested[parent]?.removeAll { $0 === task }
        }
        if record.isSessionTurn, record.state == .completed {
            turns[record.session]?.remove(sequence: task.turn)
            if turns[record.session]?.count == 0 { turns[record.session] = nil }
        }
        count(task, in: record.state, by: -1)
        if task.user.tally.total == 0 { users[task.user.key] = nil }
    }

    private mutating func interruptNested(of task: MemoryTask, at now: Timestamp) {
        for child in nested[task.record.id] ?? [] where child.record.state == .pending {
            interrupt(child, at: now)
        }
    }

    private mutating func interrupt(_ task: MemoryTask, at now: Timestamp) {
        move(task) { $0.interrupt(at: now) }
        interruptNested(of: task, at: now)
    }

    private mutating func index(ended task: MemoryTask) {
        if task.record.depth == 0 { task.user.active -= 1 }
        if let message = task.record.messageID, let active = activeOfMessage[message] {
            activeOfMessage[message] = active > 1 ? active - 1 : nil
        }
        if task.record.state == .failed { failed.append(task) } else { ended.append(task) }
        if task.record.isSessionTurn, task.record.state == .completed {
            task.turn = nextSequence()
            turns[task.record.session, default: SequencedList()].append(task, sequence: task.turn)
        }
    }

    private mutating func count(_ task: MemoryTask, in state: TaskState, by change: Int) {
        tally[state] += change
        task.user.tally[state] += change
    }
}
