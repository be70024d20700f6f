import GRDB
import NightjarEngine

/// Writes a task that has left its attempt, together with what depends on that.
struct TaskEnding {
    let db: Database

    /// Writes the task. One that ended takes the nested tasks along that wait to be started again; a nested one that was put back
    /// after its parent ended has ended too.
    func write(_ task: inout StoredTask, at now: Timestamp) throws {
        let tasks = TaskTable(db: db)
        if task.record.state == .pending, let parent = task.record.parent, task.record.depth > 0, try tasks.isFinal(parent) {
            task.record.interrupt(at: now)
        }
        try tasks.write(task.record, seq: task.seq)
        if task.record.state.isFinal { try interruptNested(of: task.record.id, at: now) }
    }

    private func interruptNested(of parent: TaskID, at now: Timestamp) throws {
        for waiting in try TaskTable(db: db).waitingNested(of: parent) {
            var task = waiting
            task.record.interrupt(at: now)
            try write(&task, at: now)
        }
    }
}
