extension TriggerOptions {
    /// What differs from the defaults, by the names that scripts use, for options that were validated. It is stored, and compared by
    /// later versions: a new option must say nothing while it has its default.
    var timing: String {
        zip(words, TriggerOptions().words).filter { $0 != $1 }.map(\.0).joined(separator: " ")
    }

    private var words: [String] {
        [
            "overlap=\(overlap.rawValue)", "spacing=\(spacing.rawValue)", "delivery=\(delivery.rawValue)",
            "grace=\(misfire.grace.wholeMilliseconds)", "coalesce=\(misfire.coalesce.rawValue)",
            "catchup_window=\(misfire.catchupWindow.wholeMilliseconds)", "jitter=\(jitter.wholeMilliseconds)",
            "max_runs=\(maxRuns ?? 0)", "pause_on_failure=\(pauseOnFailure ?? 0)",
        ]
    }
}
