/// One step of an agent at work. A resumed task replays its journal instead of paying for the model again.
public enum JournalEntry: Codable, Sendable, Equatable {
    /// The model answered; `iteration` counts from 0.
    case modelAnswered(iteration: Int, ModelResponse)
    /// A tool call was begun; without a matching result its outcome is unknown.
    case toolStarted(iteration: Int, callID: String)
    case toolFinished(iteration: Int, callID: String, ToolResult)
    /// The unfinished answer is shown in this message of the platform; its end takes that message's place.
    case draftShown(reference: String)
}
