/// Where a task stands. The last three are final: a task reaches exactly one of them, once.
public enum TaskState: String, Codable, Sendable, CaseIterable {
    case pending
    case running
    case completed
    case failed
    case cancelled

    public var isFinal: Bool {
        switch self {
        case .pending, .running: false
        case .completed, .failed, .cancelled: true
        }
    }
}
