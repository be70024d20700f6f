import Synchronization

/// Keeps tasks away from a model that fails: closed, open, half-open with one probe.
///
/// It opens after five failures in a row, or when half of at least ten calls in 30 s failed; it stays open for 5 s,
/// twice as long each time a probe fails, up to 5 min. Time is passed in, so that it needs no clock of its own.
public final class CircuitBreaker: Sendable {
    public enum Phase: String, Sendable, Codable {
        case closed
        case open
        case halfOpen = "half_open"
    }

    /// What came of a call, as far as the model's health is concerned.
    public enum Verdict: Sendable, Equatable {
        case success
        case failure
        /// The provider asked for patience: nobody calls before then, but it is not ill.
        case throttled(until: Timestamp)
        /// Says nothing about the model: a request of our own making that was refused, or a cancel.
        case neutral
    }

    /// The right to make one call. What comes of a call that began before the breaker changed its phase says nothing new.
    public struct Ticket: Sendable, Equatable {
        fileprivate var epoch: UInt64
    }

    public enum Admission: Sendable, Equatable {
        case admitted(Ticket)
        /// Ask again then.
        case refused(until: Timestamp)
    }

    public struct Limits: Sendable {
        public var failuresInRow = 5
        public var callsMin = 10
        public var failureShare = 0.5
        public var window = Duration.seconds(30)
        public var openFirst = Duration.seconds(5)
        public var openMax = Duration.seconds(300)
        public init() {}
    }

    private struct Bucket {
        var second: Int64
        var calls = 0
        var failures = 0
    }

    private struct State {
        var phase = Phase.closed
        /// Counts the phases.
        var epoch: UInt64 = 0
        var failuresInRow = 0
        /// Calls of the window, one bucket a second: bounded however many calls there are.
        var buckets: [Bucket] = []
        var openUntil = Timestamp(milliseconds: 0)
        var openFor: Duration
        var isProbing = false
        var throttledUntil = Timestamp(milliseconds: 0)
    }

    private let limits: Limits
    private let onChange: @Sendable (Phase) -> Void
    private let state: Mutex<State>

    /// - Parameter onChange: called when the breaker has opened, and when it has closed again.
    public init(limits: Limits = Limits(), onChange: @escaping @Sendable (Phase) -> Void = { _ in }) {
        self.limits = limits
        self.onChange = onChange
        state = Mutex(State(openFor: limits.openFirst))
    }

    /// Asks to make a call. Who is admitted must report with ``record(_:for:at:)``.
    public func admit(at now: Timestamp) -> Admission {
        state.withLock { state in
            if state.throttledUntil > now { return .refused(until: state.throttledUntil) }
            switch state.phase {
            case .closed:
                return .admitted(Ticket(epoch: state.epoch))
            case .open where state.openUntil > now:
                return .refused(until: state.openUntil)
            case .open, .halfOpen:
                // One probe at a time; the others look again after the shortest pause.
                guard !state.isProbing else { return .refused(until: now + limits.openFirst) }
                state.phase = .halfOpen
                state.epoch += 1
                state.isProbing = true
                return .admitted(Ticket(epoch: state.epoch))
            }
        }
    }

    public func record(_ verdict: Verdict, for ticket: Ticket, at now: Timestamp) {
        let change = state.withLock { state -> Phase? in
            let before = state.phase
            take(verdict, for: ticket, at: now, &state)
            return state.phase == before ? nil : state.phase
        }
        if let change { onChange(change) }
    }

    private func take(_ verdict: Verdict, for ticket: Ticket, at now: Timestamp, _ state: inout State) {
        if case .throttled(let until) = verdict { state.throttledUntil = max(state.throttledUntil, until) }
        guard ticket.epoch == state.epoch else { return }
        switch (verdict, state.phase) {
        case (.throttled, _), (.neutral, _):
            state.isProbing = false
        case (.success, .halfOpen):
            state = State(epoch: state.epoch + 1, openFor: limits.openFirst)
        case (.failure, .halfOpen):
            state.openFor = min(state.openFor * 2, limits.openMax)
            open(&state, at: now)
        case (.success, _):
            state.failuresInRow = 0
            note(&state, failed: false, at: now)
        case (.failure, _):
            state.failuresInRow += 1
            note(&state, failed: true, at: now)
            if isIll(state) { open(&state, at: now) }
        }
    }

    public var phase: Phase { state.withLock(\.phase) }

    private func note(_ state: inout State, failed: Bool, at now: Timestamp) {
        let second = now.milliseconds / 1000
        if state.buckets.last?.second != second {
            let horizon = (now - limits.window).milliseconds / 1000
            state.buckets.removeAll { $0.second <= horizon }
            state.buckets.append(Bucket(second: second))
        }
        let last = state.buckets.count - 1
        state.buckets[last].calls += 1
        state.buckets[last].failures += failed ? 1 : 0
    }

    private func isIll(_ state: State) -> Bool {
        if state.failuresInRow >= limits.failuresInRow { return true }
        let calls = state.buckets.reduce(0) { $0 + $1.calls }
        let failures = state.buckets.reduce(0) { $0 + $1.failures }
        return calls >= limits.callsMin && Double(failures) >= limits.failureShare * Double(calls)
    }

    private func open(_ state: inout State, at now: Timestamp) {
        state.phase = .open
        state.epoch += 1
        state.openUntil = now + state.openFor
        state.isProbing = false
        state.buckets = []
        state.failuresInRow = 0
    }
}
