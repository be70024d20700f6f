/// The right to change one running attempt.
///
/// A store applies a change only while the task is running with this attempt and token, so a rescued zombie cannot finish
/// somebody else's attempt.
public struct TaskFence: Hashable, Sendable {
    public var id: TaskID
    public var attempt: Int
    public var leaseToken: String

    public init(id: TaskID, attempt: Int, leaseToken: String) {
        self.id = id
        self.attempt = attempt
        self.leaseToken = leaseToken
    }

    /// A token for a new lease.
    public static func randomToken() -> String {
        RandomIdentifier.make(length: 12)
    }
}
