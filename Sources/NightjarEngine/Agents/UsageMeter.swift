import Synchronization

/// Adds up the tokens of one attempt while it runs.
final class UsageMeter: Sendable {
    private let state = Mutex(TokenUsage.zero)

    func add(_ usage: TokenUsage) { state.withLock { $0 += usage } }

    var total: TokenUsage { state.withLock { $0 } }
}
