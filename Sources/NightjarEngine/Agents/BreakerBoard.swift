public import Logging
import Synchronization

/// The breakers of all models, by name. They outlive reloads: a model that was ill a moment ago still is.
public final class BreakerBoard: Sendable {
    private let breakers = Mutex<[String: CircuitBreaker]>([:])

    private let logger: Logger

    public init(logger: Logger) {
        self.logger = logger
    }

    public subscript(model: String) -> CircuitBreaker {
        breakers.withLock { breakers in
            if let breaker = breakers[model] { return breaker }
            let breaker = CircuitBreaker { [logger] in Self.log($0, of: model, logger) }
            breakers[model] = breaker
            return breaker
        }
    }

    private static func log(_ phase: CircuitBreaker.Phase, of model: String, _ logger: Logger) {
        switch phase {
        case .open: logger.warning("a model keeps failing, so its tasks wait; it is asked again soon", metadata: ["model": "\(model)"])
        case .closed: logger.notice("a model answers again", metadata: ["model": "\(model)"])
        case .halfOpen: break
        }
    }

    public var phases: [String: CircuitBreaker.Phase] {
        breakers.withLock { $0.mapValues(\.phase) }
    }
}
