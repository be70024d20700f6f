/// What a task's address is told when it ends.
public enum TaskReporting: String, Codable, Sendable {
    /// The output alone, as the answer to a message.
    case answer
    /// A notice that names the task, with its output.
    case completion
    /// Nothing: somebody waits for the result in another way.
    case none
}
