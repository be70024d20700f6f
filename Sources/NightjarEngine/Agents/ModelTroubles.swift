import Synchronization

/// What each model's provider last failed with, until it answers again.
final class ModelTroubles: Sendable {
    private struct Trouble {
        var message: String
        var at: Timestamp
    }

    private let troubles = Mutex<[String: Trouble]>([:])

    func began(_ model: String, _ message: String, at now: Timestamp) {
        troubles.withLock { $0[model] = Trouble(message: message, at: now) }
    }

    func ended(_ model: String) {
        troubles.withLock { _ = $0.removeValue(forKey: model) }
    }

    /// `last error of model "claude": cannot reach …`; nil when it has answered since, or failed only before `start`.
    func message(of model: String, since start: Timestamp) -> String? {
        guard let trouble = troubles.withLock({ $0[model] }), trouble.at >= start else { return nil }
        return "last error of model \"\(model)\": \(trouble.message)"
    }
}
