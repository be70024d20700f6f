import Metrics
import Synchronization

/// How often values fell into each of a fixed set of buckets. Sum and counts change together, so a reader never sees one
/// without the other.
final class MetricHistogram: TimerHandler, RecorderHandler {
    struct Snapshot: Equatable {
        /// For each bound, then for everything above; not cumulative.
        var counts: [UInt64]
        var sum = 0.0
        var total: UInt64 { counts.reduce(0, +) }
    }

    /// Upper bounds in seconds: from a command's answer to the longest default timeout of a task.
    static let secondsBounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
    /// Upper bounds of sizes and counts.
    static let sizeBounds: [Double] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000]

    let bounds: [Double]
    private let state: Mutex<Snapshot>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(Snapshot(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    var snapshot: Snapshot { state.withLock { $0 } }

    func record(_ value: Double) {
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[bucket] += 1
            state.sum += value
        }
    }

    func record(_ value: Int64) { record(Double(value)) }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
