public import NightjarEngine

extension EngineClock {
    /// An engine's clock whose time passes only when `clock` is moved; its wall clock shows `start` now.
    public static func virtual(
        _ clock: VirtualClock, startingAt start: Timestamp = Timestamp(milliseconds: 1_767_225_600_000)
    ) -> EngineClock {
        let origin = clock.now
        return EngineClock(clock) { start + origin.duration(to: clock.now) }
    }
}
