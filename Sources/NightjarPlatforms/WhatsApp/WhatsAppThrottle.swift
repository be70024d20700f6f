import NightjarEngine
import Synchronization

/// Keeps what a number sends within WhatsApp's rates, and slows down when it says so.
final class WhatsAppThrottle: Sendable {
    private static let everybody = ""

    private let number: SendPacer
    private let conversations: SendPacer
    private let clock: EngineClock
    /// How often in a row WhatsApp said that people complain, and until when, in the clock's uptime, that was heeded.
    private let complaints = Mutex<(count: Int, until: Duration)>((0, .zero))

    init(clock: EngineClock) {
        self.clock = clock
        number = SendPacer(interval: WhatsAppLimits.sendInterval, clock: clock)
        // A conversation may have a burst, so it waits only when it is told to.
        conversations = SendPacer(interval: .zero, clock: clock)
    }

    /// Waits until a message may be sent there.
    /// - Throws: `CancellationError`.
    func turn(for channel: String) async throws {
        try await conversations.turn(for: channel)
        try await number.turn(for: Self.everybody)
    }

    /// - Returns: how long to wait before the same message is tried again; nil where the usual backoff will do.
    @discardableResult
    func heed(_ error: WhatsAppError, in channel: String) -> Duration? {
        switch error.scope {
        case .conversation:
            conversations.pause(error.retryAfter ?? WhatsAppLimits.pairPause, for: channel)
        case .number:
            number.pause(error.retryAfter ?? WhatsAppLimits.ratePause, for: Self.everybody)
        case .spam:
            let pause = error.retryAfter ?? nextSpamPause()
            number.pause(pause, for: Self.everybody)
            return pause
        case nil:
            break
        }
        return error.retryAfter
    }

    /// A message was taken: nobody complains any more.
    func sent() { complaints.withLock { $0.count = 0 } }

    /// What is said while a pause is in force is said of messages that were sent before it, and is the same complaint.
    private func nextSpamPause() -> Duration {
        let now = clock.uptime
        return complaints.withLock { complaints in
            if complaints.until > now { return complaints.until - now }
            let pause = min(WhatsAppLimits.spamPause * Double(1 << min(complaints.count, 16)), WhatsAppLimits.spamPauseMax)
            complaints = (complaints.count + 1, now + pause)
            return pause
        }
    }
}
