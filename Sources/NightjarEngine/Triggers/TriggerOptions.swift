/// How a trigger behaves when it is late, busy or failing. The words are Temporal's.
public struct TriggerOptions: Sendable, Equatable, Hashable {
    /// What to do when a firing is due while an earlier one still runs.
    public enum Overlap: String, Sendable, CaseIterable {
        case skip
        /// Keep one late firing, which runs as soon as the earlier one ends.
        case bufferOne = "buffer_one"
        case bufferAll = "buffer_all"
        case cancelOther = "cancel_other"
        case allowAll = "allow_all"
    }

    /// Whether periods count from the grid or from the end of the last firing.
    public enum Spacing: String, Sendable, CaseIterable {
        case grid
        case afterCompletion = "after_completion"
    }

    /// When messages of the trigger enter a busy session.
    public enum Delivery: String, Sendable, CaseIterable {
        case immediate
        case whenIdle = "when_idle"
        /// Stop the session's running turn, then take its place.
        case interrupt
    }

    /// What to do about firings missed while the process was down.
    public struct Misfire: Sendable, Equatable, Hashable {
        public enum Coalesce: String, Sendable, CaseIterable {
            case latest
            case earliest
            case all
        }

        /// A firing this late counts as on time.
        public var grace: Duration
        /// Which of the missed firings run.
        public var coalesce: Coalesce
        /// Missed firings older than this are dropped; zero means one late firing at most.
        public var catchupWindow: Duration

        public init(grace: Duration = .seconds(60), coalesce: Coalesce = .latest, catchupWindow: Duration = .zero) {
            self.grace = grace
            self.coalesce = coalesce
            self.catchupWindow = catchupWindow
        }
    }

    public var overlap: Overlap
    public var spacing: Spacing
    public var delivery: Delivery
    public var misfire: Misfire
    /// Each firing is late by a random part of this.
    public var jitter: Duration
    /// The trigger ends after so many firings.
    public var maxRuns: Int?
    /// The trigger pauses after so many failures in a row.
    public var pauseOnFailure: Int?

    public init(
        overlap: Overlap = .bufferOne, spacing: Spacing = .grid, delivery: Delivery = .whenIdle,
        misfire: Misfire = Misfire(), jitter: Duration = .zero, maxRuns: Int? = nil, pauseOnFailure: Int? = nil
    ) {
        self.overlap = overlap
        self.spacing = spacing
        self.delivery = delivery
        self.misfire = misfire
        self.jitter = jitter
        self.maxRuns = maxRuns
        self.pauseOnFailure = pauseOnFailure
    }
}
