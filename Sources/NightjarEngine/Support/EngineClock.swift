/// The engine's only source of time: a steady clock to wait on and a wall clock to date things with.
///
/// Nothing in the engine reads the time of the machine by any other way, so a test that passes a virtual clock
/// controls all of it.
public struct EngineClock: Sendable {
    private let wall: @Sendable () -> Timestamp
    private let steady: @Sendable () -> Duration
    private let sleeper: @Sendable (_ until: Duration) async throws -> Void

    /// - Parameters:
    ///   - clock: waited on; its instant now becomes the steady clock's zero.
    ///   - wall: the date now.
    public init<C: Clock>(_ clock: C, wall: @escaping @Sendable () -> Timestamp) where C.Duration == Duration {
        let origin = clock.now
        self.wall = wall
        self.steady = { origin.duration(to: clock.now) }
        self.sleeper = { try await clock.sleep(until: origin.advanced(by: $0), tolerance: nil) }
    }

    /// The machine's clocks.
    public static let system = EngineClock(ContinuousClock(), wall: SystemWallClock.now)

    /// The date now.
    public var now: Timestamp { wall() }

    /// Time since the clock was made; it never runs backwards.
    public var uptime: Duration { steady() }

    /// Waits until ``uptime`` reaches `deadline`.
    /// - Throws: `CancellationError`, at once, when the task is cancelled.
    public func sleep(untilUptime deadline: Duration) async throws {
        try await sleeper(deadline)
    }

    /// Waits for `duration`.
    /// - Throws: `CancellationError`, at once, when the task is cancelled.
    public func sleep(for duration: Duration) async throws {
        try await sleeper(steady() + duration)
    }

    /// Waits until the wall clock shows `moment`; a moment in the past returns at once.
    /// - Throws: `CancellationError`, at once, when the task is cancelled.
    public func sleep(until moment: Timestamp) async throws {
        // The wall clock may be set while we wait, so no single wait is longer than a minute.
        while true {
            let remaining = moment - now
            guard remaining > .zero else { return }
            try await sleep(for: min(remaining, .seconds(60)))
        }
    }
}
