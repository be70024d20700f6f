#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Limits in time that mean the same on a machine that is busy with other things.
enum Patience {
    /// How much work the probe is.
    private static let probe = Duration.milliseconds(20)

    /// How long the probe takes for each second of the processor that it gets: 1 on an idle machine.
    static var slowness: Double {
        let start = ContinuousClock.now
        let used = processorNanoseconds()
        while processorNanoseconds() - used < UInt64(probe / .nanoseconds(1)) {}
        return max(1, (ContinuousClock.now - start) / probe)
    }

    private static func processorNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
