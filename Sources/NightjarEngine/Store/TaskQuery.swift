/// Which tasks to list.
public struct TaskQuery: Sendable, Equatable {
    /// Empty means every state.
    public var states: Set<TaskState>
    /// A user key; nil means everyone's.
    public var user: String?
    /// From 1 to ``StoreLimits/pageSizeMax``; a limit outside is moved to the nearest of these.
    public var limit: Int
    /// Where the page before ended: its ``TaskPage/next``. Any other text is a ``StoreError/Code/badCursor``.
    public var cursor: String?

    public init(states: Set<TaskState> = [], user: String? = nil, limit: Int = 100, cursor: String? = nil) {
        self.states = states
        self.user = user
        self.limit = limit
        self.cursor = cursor
    }
}
