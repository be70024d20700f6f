import GRDB
import NightjarEngine

/// Writes a task that has left its attempt, together with what depends on that.
struct TaskEnding {
    let db: Database
    let memory: WriterMemory

    /// Writes the task. One that ended takes the nested tasks along that wait to be started again; a nested one that was put back
    /// after its parent ended has ended too.
    /// - Parameter fence: the attempt that this ends; nil is whichever there is.
    /// - Returns: false when the fence no longer holds; then nothing was written.
    @discardableResult
    func write(_ task: inout StoredTask, of fence: TaskFence? = nil, at now: Timestamp) throws -> Bool {
        memory.ended(task.record.id)
        if task.record.delayedUntil != nil { memory.mayHoldDelayed = true }
        if task.record.state == .pending { memory.mayHoldDue = true }
        let tasks = TaskTable(db: db)
        if task.record.state == .pending, let parent = task.record.parent, task.record.depth > 0, try tasks.isFinal(parent) {
            task.record.interrupt(at: now)
        }
        guard try tasks.write(task.record, seq: task.seq, endingAttempt: fence) else { return false }
        if task.record.state.isFinal { try interruptNested(of: task.record.id, at: now) }
        return true
    }

    private func interruptNested(of parent: TaskID, at now: Timestamp) throws {
        for waiting in try TaskTable(db: db).waitingNested(of: parent) {
            var task = waiting
            task.record.interrupt(at: now)
            try write(&task, at: now)
        }
    }
}
