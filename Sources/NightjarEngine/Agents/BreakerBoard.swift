import Synchronization

/// The breakers of all models, by name. They outlive reloads: a model that was ill a moment ago still is.
public final class BreakerBoard: Sendable {
    private let breakers = Mutex<[String: CircuitBreaker]>([:])

    public init() {}

    public subscript(model: String) -> CircuitBreaker {
        breakers.withLock { breakers in
            if let breaker = breakers[model] { return breaker }
            let breaker = CircuitBreaker()
            breakers[model] = breaker
            return breaker
        }
    }

    public var phases: [String: CircuitBreaker.Phase] {
        breakers.withLock { $0.mapValues(\.phase) }
    }
}
