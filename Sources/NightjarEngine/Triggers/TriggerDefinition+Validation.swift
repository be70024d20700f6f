extension TriggerDefinition {
    /// - Throws: ``TriggerError`` with code `invalid` for the first definition that cannot work.
    static func validate(_ definitions: [TriggerDefinition]) throws(TriggerError) {
        var names: Set<String> = []
        for definition in definitions {
            try definition.validate()
            guard names.insert(definition.name).inserted else {
                throw .invalid(definition.name, "the name is used twice; names of triggers are unique")
            }
        }
    }

    private func validate() throws(TriggerError) {
        switch schedule {
        case .every(let period): try Self.check(period, "the period", of: name)
        case .after(let delay): try Self.check(delay, "the delay", of: name)
        case .at(let moment):
            guard (Timestamp(milliseconds: 0)...TriggerLimits.latestMoment).contains(moment) else {
                throw .invalid(name, "the moment must lie between the years 1970 and 9999")
            }
        }
        for (duration, option) in [
            (options.jitter, "jitter"), (options.misfire.grace, "misfire.grace"),
            (options.misfire.catchupWindow, "misfire.catchup_window"),
        ] {
            guard (Duration.zero...TriggerLimits.periodMax).contains(duration) else {
                throw .invalid(name, "\(option) must not be negative, nor longer than a century")
            }
        }
        guard options.maxRuns.map({ $0 > 0 }) ?? true else { throw .invalid(name, "max_runs must be at least 1") }
        guard options.pauseOnFailure.map({ $0 > 0 }) ?? true else { throw .invalid(name, "pause_on_failure must be at least 1") }
    }

    /// Refuses a period or delay that no timer can keep.
    static func check(_ period: Duration, _ what: String, of name: String) throws(TriggerError) {
        guard period > .zero else { throw .invalid(name, "\(what) must be positive") }
        guard (TriggerLimits.periodMin...TriggerLimits.periodMax).contains(period) else {
            throw .invalid(name, "\(what) must be at least 1 ms and at most a century")
        }
    }
}
