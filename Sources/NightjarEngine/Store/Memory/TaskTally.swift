/// How many tasks are in each state.
struct TaskTally {
    private var pending = 0
    private var running = 0
    private var completed = 0
    private var failed = 0
    private var cancelled = 0

    var total: Int { pending + running + completed + failed + cancelled }

    subscript(state: TaskState) -> Int {
        get {
            switch state {
            case .pending: pending
            case .running: running
            case .completed: completed
            case .failed: failed
            case .cancelled: cancelled
            }
        }
        set {
            switch state {
            case .pending: pending = newValue
            case .running: running = newValue
            case .completed: completed = newValue
            case .failed: failed = newValue
            case .cancelled: cancelled = newValue
            }
        }
    }

    var byState: [TaskState: Int] {
        Dictionary(uniqueKeysWithValues: TaskState.allCases.map { ($0, self[$0]) })
    }
}
