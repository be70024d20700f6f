/// Dates that advance with the steady clock: the wall clock as it would be, had nobody set it since the process started.
///
/// Slots are dated by it, so a jump of the wall clock neither bunches nor delays the firings of `every` and `after`.
/// ``skew`` is the sum of the jumps; `at` adds it to keep to the wall clock.
struct SteadyCalendar: Sendable {
    private let wallStart: Timestamp
    private let uptimeStart: Duration
    /// How far the wall clock is ahead, in milliseconds.
    private(set) var skew: Int64 = 0

    init(_ clock: EngineClock) {
        wallStart = clock.now
        uptimeStart = clock.uptime
    }

    func moment(atUptime uptime: Duration) -> Timestamp {
        wallStart + (uptime - uptimeStart)
    }

    func uptime(of moment: Timestamp) -> Duration {
        uptimeStart + (moment - wallStart)
    }

    /// What the wall clock shows at `moment`.
    func wall(at moment: Timestamp) -> Timestamp {
        Timestamp(milliseconds: moment.milliseconds + skew)
    }

    /// When the wall clock shows `wall`.
    func moment(atWall wall: Timestamp) -> Timestamp {
        Timestamp(milliseconds: wall.milliseconds - skew)
    }

    /// Compares the clocks.
    /// - Returns: whether the wall clock has jumped since the last look.
    mutating func observe(wall: Timestamp, uptime: Duration) -> Bool {
        let skew = wall.milliseconds - moment(atUptime: uptime).milliseconds
        guard abs(skew - self.skew) > TriggerLimits.wallClockNoise.wholeMilliseconds else { return false }
        self.skew = skew
        return true
    }
}
