import Synchronization

/// What a platform remembers of what it sent, for as long as it runs. Nothing goes wrong when it is lost, but that something is sent
/// twice.
final class WhatsAppMemory: Sendable {
    private struct State {
        var requestsSent: [String: Int] = [:]
        /// When each message's indicator was shown last, in the clock's uptime.
        var indicated: [String: Duration] = [:]
    }

    private let state = Mutex(State())

    /// How many requests of a message that takes several have been taken by WhatsApp.
    func requestsSent(of key: String) -> Int { state.withLock { $0.requestsSent[key] ?? 0 } }

    func noteRequestSent(of key: String) {
        state.withLock { state in
            // Those that were given up stay behind.
            if state.requestsSent.count >= WhatsAppLimits.rememberedMax { state.requestsSent = [:] }
            state.requestsSent[key, default: 0] += 1
        }
    }

    func forget(_ key: String) { state.withLock { _ = $0.requestsSent.removeValue(forKey: key) } }

    /// - Returns: whether a message's indicator is to be shown at this time, because it is not to be seen or soon will not be.
    func isIndicatorDue(for message: String, at now: Duration) -> Bool {
        state.withLock { state in
            if let last = state.indicated[message], now - last < WhatsAppLimits.activityPeriod { return false }
            if state.indicated.count >= WhatsAppLimits.rememberedMax {
                state.indicated = state.indicated.filter { now - $0.value < WhatsAppLimits.activityPeriod }
            }
            state.indicated[message] = now
            return true
        }
    }
}
