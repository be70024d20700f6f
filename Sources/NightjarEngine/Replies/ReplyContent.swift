/// What a message to a person means, before any platform's dialect.
///
/// The outbox stores this; a formatter turns it into a platform's text when it is first delivered.
public enum ReplyContent: Codable, Sendable, Equatable {
    /// An answer of an agent or a command, in Markdown.
    case text(String)
    /// The engine's own confirmation.
    case success(String)
    case error(ReplyError)
    /// The acknowledgement of a task.
    case taskStarted(TaskSummary)
    case taskCompleted(TaskSummary)
    case taskFailed(TaskSummary)
    case taskCancelled(TaskSummary)
    case status(TaskSummary)
    case list(TaskOverview)
    case agents([AgentSummary])
    case triggers([TriggerSummary])
    case help(HelpPage)
    /// A question of a script, with its choices.
    case question(Question)
    /// A file of a script, with a comment in Markdown that may be empty.
    case file(OutboundFile, comment: String)

    /// The name of the formatter function that may override it.
    public var kind: String {
        switch self {
        case .text: "text"
        case .success: "success"
        case .error: "error"
        case .taskStarted: "task_started"
        case .taskCompleted: "task_completed"
        case .taskFailed: "task_failed"
        case .taskCancelled: "task_cancelled"
        case .status: "status"
        case .list: "list"
        case .agents: "agents"
        case .triggers: "triggers"
        case .help: "help"
        case .question: "question"
        case .file: "file"
        }
    }

    /// What an agent or a command wrote, if that is what it shows.
    var markdown: String? {
        switch self {
        case .text(let text): text
        case .taskCompleted(let task): task.output
        default: nil
        }
    }
}
