extension TriggerSchedule {
    /// When a trigger that starts at `now` would fire first: for previews, which know nothing of earlier slots.
    ///
    /// An `at` whose moment is past fires at once, as a misfire, unless it has fired before.
    /// - Parameter limit: firings at most; `after` and `at` have one.
    public func firings(after now: Timestamp, limit: Int) -> [Timestamp] {
        switch self {
        case .every(let period): (1...max(1, limit)).map { now + period * $0 }
        case .after(let delay): [now + delay]
        case .at(let moment): [max(moment, now)]
        }
    }
}
