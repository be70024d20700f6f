/// Totals since the process started.
public struct EngineTotals: Sendable, Equatable, Codable {
    public var submitted = 0
    public var completed = 0
    public var failed = 0
    public var cancelled = 0
    public var retries = 0
    public var usage = TokenUsage.zero
    /// The durations of the last finished tasks in milliseconds: enough for a p99, bounded however long the process runs.
    private var recent: [Int64] = []
    private var oldest = 0
    private var sum: Double = 0
    private var measured = 0

    static let recentMax = 1024

    /// Mean duration of all finished tasks, in milliseconds; nil before the first.
    public var meanMilliseconds: Double? { measured == 0 ? nil : sum / Double(measured) }

    /// 99th percentile of the last finished tasks, in milliseconds; nil before the first.
    public var p99Milliseconds: Int64? {
        guard !recent.isEmpty else { return nil }
        let sorted = recent.sorted()
        return sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    }

    /// Share of finished tasks that completed, from 0 to 1; nil before the first.
    public var successRate: Double? {
        let finished = completed + failed + cancelled
        return finished == 0 ? nil : Double(completed) / Double(finished)
    }

    mutating func finish(_ state: TaskState, ran: Duration?) {
        switch state {
        case .completed: completed += 1
        case .failed: failed += 1
        case .cancelled: cancelled += 1
        case .pending, .running: return
        }
        guard let milliseconds = ran?.wholeMilliseconds else { return }
        sum += Double(milliseconds)
        measured += 1
        if recent.count < Self.recentMax {
            recent.append(milliseconds)
        } else {
            recent[oldest] = milliseconds
            oldest = (oldest + 1) % Self.recentMax
        }
    }
}
