import Logging
import NightjarEngine
import Synchronization

/// Tells the operator of requests that platforms refuse: a wrong secret looks just like a stranger, so the log must say that something comes.
///
/// Anybody can send such requests, so of each kind one a minute is told of, with the number of those in between.
final class RefusalLog: Sendable {
    static let period = Duration.seconds(60)

    private struct Kind: Hashable {
        var platform: String
        var code: String
    }

    private let clock: EngineClock
    private let logger: Logger
    /// When each kind was told of last, in the clock's uptime, and how many came since.
    private let known = Mutex<[Kind: (at: Duration, held: Int)]>([:])

    init(clock: EngineClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
    }

    func note(_ platform: String, status: Int, code: String, reason: String) {
        let now = clock.uptime
        let held = known.withLock { known -> Int? in
            let kind = Kind(platform: platform, code: code)
            if let last = known[kind], now - last.at < Self.period {
                known[kind]?.held += 1
                return nil
            }
            defer { known[kind] = (now, 0) }
            return known[kind]?.held ?? 0
        }
        guard let held else { return }
        var metadata: Logger.Metadata = ["platform": "\(platform)", "status": "\(status)", "code": "\(code)", "reason": "\(reason)"]
        if held > 0 { metadata["more"] = "\(held)" }
        logger.warning("a request was refused", metadata: metadata)
    }
}
