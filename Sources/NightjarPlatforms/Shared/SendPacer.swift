import NightjarEngine
import Synchronization

/// Keeps sends apart in time, by key: a channel, a chat. A platform that is not flooded need not say 429.
///
/// Each turn is promised when it is asked for, in that order; who is cancelled while waiting leaves a gap and nothing else.
final class SendPacer: Sendable {
    private let clock: EngineClock
    private let interval: Duration
    /// When each key's next turn is, in the clock's uptime; turns in the past are forgotten now and then.
    private let next = Mutex<[String: Duration]>([:])

    /// How many keys are remembered before those in the past are forgotten.
    private static let keysMax = 1024

    /// - Parameter interval: between two turns of one key.
    init(interval: Duration, clock: EngineClock) {
        self.interval = interval
        self.clock = clock
    }

    /// Waits for the key's next turn.
    /// - Throws: `CancellationError`.
    func turn(for key: String) async throws {
        let now = clock.uptime
        let turn = next.withLock { next in
            if next.count > Self.keysMax { next = next.filter { $0.value > now } }
            let turn = max(next[key] ?? now, now)
            next[key] = turn + interval
            return turn
        }
        if turn > now { try await clock.sleep(for: turn - now) }
    }

    /// Nobody has a turn before this has passed: the platform wants to be left in peace.
    func pause(_ duration: Duration, for key: String) {
        let until = clock.uptime + duration
        next.withLock { $0[key] = max($0[key] ?? until, until) }
    }
}
