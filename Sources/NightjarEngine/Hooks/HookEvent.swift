/// What a hook is told.
public struct HookEvent: Sendable, Equatable {
    public var point: HookPoint
    public var task: TaskSummary
    /// The task's input, the turn's last message, or the tool's arguments as JSON text.
    public var input: String
    /// For tools: which.
    public var tool: String?
    /// For turns: counts from 1.
    public var iteration: Int?
    /// In `post_*`: the answer, or the tool's result.
    public var output: String?
    /// In `post_*`: why it failed.
    public var failure: TaskFailure?
    /// In `post_*`: how long it took.
    public var duration: Duration?

    public init(
        point: HookPoint, task: TaskSummary, input: String, tool: String? = nil, iteration: Int? = nil,
        output: String? = nil, failure: TaskFailure? = nil, duration: Duration? = nil
    ) {
        self.point = point
        self.task = task
        self.input = input
        self.tool = tool
        self.iteration = iteration
        self.output = output
        self.failure = failure
        self.duration = duration
    }
}
