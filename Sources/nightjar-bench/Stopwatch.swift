import Foundation

/// Times loops.
enum Stopwatch {
    /// Processor time of this process so far.
    static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Nanoseconds of one pass through `body`, the best of several rounds: the one that the machine disturbed least.
    static func nanoseconds(rounds: Int = 7, passes: Int, _ body: (Int) throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            try body(passes)
            best = min(best, start.duration(to: .now).inSeconds * 1e9 / Double(passes))
        }
        return best
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

extension Array where Element == Double {
    /// - Parameter share: 0.5 is the median, 0.99 the 99th percentile.
    func percentile(_ share: Double) -> Double {
        guard !isEmpty else { return 0 }
        let sorted = sorted()
        return sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }
}
