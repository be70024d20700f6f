/// What happens to a message after it was accepted, as it happens.
public enum MessageEvent: Sendable, Equatable {
    /// A piece of visible text of a task's running attempt. A higher number starts the text anew; it may be higher than the count of
    /// the task's attempts, since an attempt that was put back starts again without being counted.
    case delta(task: TaskID, attempt: Int, text: String)
    /// A reply is in the store, formatted.
    case reply(OutboxEntry)
    /// A question has been shown, and its handler waits for the answer.
    case asked(question: String)
    /// The handler and every task it started have ended, and their replies are out.
    case end
}
