/// Where hooks run.
public enum HookPoint: String, Sendable, CaseIterable, Codable {
    case preTask = "pre_task"
    case postTask = "post_task"
    case preTurn = "pre_turn"
    case postTurn = "post_turn"
    case preTool = "pre_tool"
    case postTool = "post_tool"

    /// A `pre_*` hook may change its input or refuse; an error in one refuses. Errors in `post_*` are logged.
    public var mayRefuse: Bool {
        switch self {
        case .preTask, .preTurn, .preTool: true
        case .postTask, .postTurn, .postTool: false
        }
    }
}
