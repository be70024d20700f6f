extension TriggerSchedule {
    /// Whether a slot is claimed in the store, so that neither a restart nor a second machine fires it twice.
    ///
    /// `after` counts from the start of the process, so its slots mean nothing to another process.
    public var isDurable: Bool {
        switch self {
        case .every(let period): period >= TriggerLimits.durablePeriodMin
        case .after: false
        case .at: true
        }
    }
}
