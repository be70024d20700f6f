import NightjarEngine
import Synchronization

/// Watches over one answer: whether its next byte, and its end, come in time.
///
/// The reader says what it waits for; ``run()`` ends when one of the waits has taken too long.
final class StreamWatchdog: Sendable {
    enum Wait: Sendable, Equatable {
        case connect
        case firstByte
        case betweenChunks
        case whole
    }

    private struct Pending {
        var wait: Wait
        var deadline: Duration
    }

    private let clock: EngineClock
    private let timeouts: ModelTimeouts
    private let end: Duration
    private let pending: Mutex<Pending?>

    /// Starts the time of connecting and of the whole.
    init(clock: EngineClock, timeouts: ModelTimeouts) {
        let now = clock.uptime
        self.clock = clock
        self.timeouts = timeouts
        self.end = now + timeouts.whole
        self.pending = Mutex(Pending(wait: .connect, deadline: now + timeouts.connect))
    }

    /// The connection stands; the answer is waited for from now on.
    func expectFirstByte() {
        expect(.firstByte, within: timeouts.firstByte)
    }

    /// The next chunk is waited for from now on.
    func expectChunk() {
        expect(.betweenChunks, within: timeouts.betweenChunks)
    }

    private func expect(_ wait: Wait, within limit: Duration) {
        let deadline = clock.uptime + limit
        pending.withLock { $0 = Pending(wait: wait, deadline: deadline) }
    }

    /// A chunk is being worked on; the provider is not to blame for the time that takes.
    func pause() {
        pending.withLock { $0 = nil }
    }

    /// - Returns: the wait that took too long.
    /// - Throws: `CancellationError`, when the answer is complete and nobody needs watching.
    func run() async throws -> Wait {
        while true {
            let now = clock.uptime
            if now >= end { return .whole }
            let current = pending.withLock { $0 }
            if let current, now >= current.deadline { return current.wait }
            // A chunk may come, and a new wait begin, at any time: look again before that one could be over.
            let next = min(current?.deadline ?? end, now + min(timeouts.firstByte, timeouts.betweenChunks))
            try await clock.sleep(untilUptime: min(next, end))
        }
    }
}
