import NightjarEngine

/// How long a duration must be at least.
package enum DurationRule: Sendable, Equatable {
    case positive
    case nonNegative
    case atLeast(Duration)

    /// What is wrong with the duration, to follow the quoted key; nil when it is fine. Negative ones cannot be written.
    func problem(with duration: Duration) -> String? {
        switch self {
        case .positive: duration > .zero ? nil : "must be longer than zero"
        case .nonNegative: nil
        case .atLeast(let least): duration >= least ? nil : "must be at least \"\(DurationText.format(least))\""
        }
    }
}
