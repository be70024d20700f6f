import NightjarEngine
import Synchronization

/// A clock on which every wait is over at once, and time has passed all the same.
final class LeapingClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Duration.zero)

    var now: Instant { Instant(offset: time.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }
    /// How much time has passed.
    var elapsed: Duration { now.offset }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        time.withLock { $0 = max($0, deadline.offset) }
        // Who waits in a loop must let others have their turn.
        await Task.yield()
    }

    var engineClock: EngineClock {
        EngineClock(self) { [self] in Timestamp(milliseconds: 1_767_225_600_000) + elapsed }
    }
}
