/// Limits of the trigger runner.
public enum TriggerLimits {
    /// Shortest period and delay: slots are dated in whole milliseconds.
    public static let periodMin = Duration.milliseconds(1)
    /// Longest period, delay and jitter: a century, so that no sum of moments overflows.
    public static let periodMax = Duration.seconds(36_525 * 86_400)
    /// Periods from here on claim their slots in the store; a write per firing of a shorter one would cost more than it saves.
    public static let durablePeriodMin = Duration.seconds(60)
    /// Firings one trigger keeps waiting (`buffer_all`, catching up); more are dropped and counted.
    public static let backlogMax = 100
    /// Firings of one trigger that run at once (`allow_all`); more are dropped and counted.
    public static let concurrentMax = 100
    /// How long a jump of the wall clock may go unnoticed by `at`.
    public static let wallClockCheck = Duration.seconds(60)
    /// Differences between wall clock and steady clock below this are reading noise.
    public static let wallClockNoise = Duration.milliseconds(100)
    /// Firings taken from the table under one hold of the lock: about 0.3 ms of work. Smaller batches make a burst slower,
    /// because handlers that end in the meantime wait for the lock.
    static let batchMax = 1000
    /// Workers added at once when firings wait for one: a single one serves handlers that never wait, more those that do.
    static let crewMin = 1
    static let crewMax = 256
    /// Latest moment a schedule may name: the end of the year 9999, beyond which ISO 8601 has no agreed form.
    static let latestMoment = Timestamp(milliseconds: 253_402_300_799_999)
}
