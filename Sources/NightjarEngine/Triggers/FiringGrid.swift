/// The evenly spaced moments at which a trigger is due.
enum FiringGrid {
    /// The first tick of the grid through `due` that lies after `now`; `now` must not be before `due`.
    ///
    /// Ticks up to `now` are one firing. Source: `MissedTickBehavior::Skip` of tokio's `Interval`.
    static func firstTick(after now: Duration, from due: Duration, period: Duration) -> Duration {
        let periods = (now - due).attoseconds / period.attoseconds + 1
        return due + Duration(attoseconds: periods * period.attoseconds)
    }

    /// How many slots from `first` on have come by `now`; `first` must not be after `now`.
    static func count(from first: Timestamp, through now: Timestamp, period: Int64) -> Int64 {
        (now.milliseconds - first.milliseconds) / period + 1
    }

    /// The slot `index` periods after `first`.
    static func slot(_ index: Int64, from first: Timestamp, period: Int64) -> Timestamp {
        Timestamp(milliseconds: first.milliseconds + index * period)
    }
}
