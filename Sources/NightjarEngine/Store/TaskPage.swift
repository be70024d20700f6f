/// A page of tasks, newest first.
public struct TaskPage: Sendable, Equatable {
    public var tasks: [TaskRecord]
    /// Where the next page begins; nil on the last one.
    public var next: String?

    public init(tasks: [TaskRecord], next: String?) {
        self.tasks = tasks
        self.next = next
    }
}
