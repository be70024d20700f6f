/// Which task goes first; within one priority users take fair turns, and each user's tasks run in order.
public enum TaskPriority: Int, Codable, Sendable, Comparable, CaseIterable {
    case high = 0
    case normal = 1
    case low = 2

    public static func < (left: TaskPriority, right: TaskPriority) -> Bool {
        left.rawValue < right.rawValue
    }

    public var name: String {
        switch self {
        case .high: "high"
        case .normal: "normal"
        case .low: "low"
        }
    }
}
