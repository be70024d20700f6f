import Logging
import NightjarEngine
import Synchronization

/// Tells the operator of requests that platforms, the generic webhook and the paths of `on_webhook` refuse: a wrong secret looks just
/// like a stranger, so the log must say that something comes.
///
/// Anybody can send such requests, so of each kind one a minute is told of, with the number of those in between.
final class RefusalLog: Sendable {
    static let period = Duration.seconds(60)

    /// Where a request was refused.
    enum Endpoint: Hashable {
        case platform(String)
        /// Of `on_webhook`, by its name.
        case trigger(String)

        fileprivate var metadata: Logger.Metadata {
            switch self {
            case .platform(let name): ["platform": "\(name)"]
            case .trigger(let name): ["trigger": "\(name)"]
            }
        }
    }

    private struct Kind: Hashable {
        var endpoint: Endpoint
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

    func note(_ endpoint: Endpoint, status: Int, code: String, reason: String) {
        let now = clock.uptime
        let held = known.withLock { known -> Int? in
            let kind = Kind(endpoint: endpoint, code: code)
            if let last = known[kind], now - last.at < Self.period {
                known[kind]?.held += 1
                return nil
            }
            defer { known[kind] = (now, 0) }
            return known[kind]?.held ?? 0
        }
        guard let held else { return }
        var metadata = endpoint.metadata.merging(["status": "\(status)", "code": "\(code)", "reason": "\(reason)"]) { $1 }
        if held > 0 { metadata["more"] = "\(held)" }
        logger.warning("a request was refused", metadata: metadata)
    }
}
