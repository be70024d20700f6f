/// A running task as the store has it, and what this process holds for its attempt.
struct StartedTask: Sendable {
    var task: TaskRecord
    var attempt: RunningTask
    var permit: AsyncSemaphore.Permit
}
