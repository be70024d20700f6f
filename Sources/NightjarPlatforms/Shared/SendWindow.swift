import NightjarEngine
import Synchronization

/// Lets so many sends through in any stretch of time, by key. Unlike ``SendPacer``, it lets a few go at once when it was quiet before,
/// which is how limits such as "20 in a minute" are meant.
///
/// Each turn is promised when it is asked for, in that order; who is cancelled while waiting leaves a gap and nothing else.
final class SendWindow: Sendable {
    private struct Lane {
        /// The last turns that were promised, in the clock's uptime, oldest first; never more than fit into the window.
        var turns: [Duration] = []
        var pausedUntil: Duration = .zero
    }

    private let clock: EngineClock
    private let count: Int
    private let period: Duration
    private let lanes = Mutex<[String: Lane]>([:])

    /// How many keys are remembered before those with nothing in their window are forgotten.
    private static let keysMax = 1024

    init(count: Int, per period: Duration, clock: EngineClock) {
        self.count = count
        self.period = period
        self.clock = clock
    }

    /// Waits for the key's next turn.
    /// - Throws: `CancellationError`.
    func turn(for key: String = "") async throws {
        let now = clock.uptime
        let turn = lanes.withLock { promise(&$0, key, now) }
        if turn > now { try await clock.sleep(for: turn - now) }
    }

    /// Takes a turn if there is one without waiting.
    func turnNow(for key: String = "") -> Bool {
        let now = clock.uptime
        return lanes.withLock { lanes in
            guard next(lanes[key] ?? Lane(), now) == now else { return false }
            _ = promise(&lanes, key, now)
            return true
        }
    }

    /// How long a turn asked for now would have to wait.
    func wait(for key: String = "") -> Duration {
        let now = clock.uptime
        return lanes.withLock { next($0[key] ?? Lane(), now) } - now
    }

    /// Nobody has a turn before this has passed.
    func pause(_ duration: Duration, for key: String = "") {
        let until = clock.uptime + duration
        lanes.withLock { $0[key, default: Lane()].pausedUntil = max($0[key]?.pausedUntil ?? .zero, until) }
    }

    private func promise(_ lanes: inout [String: Lane], _ key: String, _ now: Duration) -> Duration {
        if lanes.count > Self.keysMax { lanes = lanes.filter { isBusy($0.value, now) } }
        var lane = lanes[key] ?? Lane()
        let turn = next(lane, now)
        lane.turns.append(turn)
        if lane.turns.count > count { lane.turns.removeFirst() }
        lanes[key] = lane
        return turn
    }

    private func next(_ lane: Lane, _ now: Duration) -> Duration {
        let free = lane.turns.count == count ? (lane.turns.first ?? now) + period : now
        return max(now, free, lane.pausedUntil)
    }

    private func isBusy(_ lane: Lane, _ now: Duration) -> Bool {
        lane.pausedUntil > now || (lane.turns.last.map { $0 + period > now } ?? false)
    }
}
