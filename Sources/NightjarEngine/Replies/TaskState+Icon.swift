extension TaskState {
    /// The sign of this state in every reply.
    public var icon: String {
        switch self {
        case .pending: "⏳"
        case .running: "▶️"
        case .completed: "✅"
        case .failed: "❌"
        case .cancelled: "🚫"
        }
    }

    /// The state as a heading has it.
    var title: String {
        switch self {
        case .pending: "Pending"
        case .running: "Running"
        case .completed: "Completed"
        case .failed: "Failed"
        case .cancelled: "Cancelled"
        }
    }
}
