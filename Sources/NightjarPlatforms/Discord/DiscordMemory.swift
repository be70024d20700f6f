import Synchronization

/// What the platform remembers of interactions for a while. All of it may be forgotten: that costs a request, and no message. An answer
/// that is forgotten while nobody knows whether it has arrived may be shown twice.
final class DiscordMemory: Sendable {
    private struct State {
        /// Tokens of interactions whose first answer is there.
        var answered: Set<String> = []
        /// Tokens of interactions that are being answered just now.
        var answering: Set<String> = []
        /// What was to be the first answer, by the interaction's token, where nobody knows whether it is.
        var attempts: [String: String] = [:]
        /// The bot's own user, once Discord has told it.
        var botUser: String?

        func isAttempt(_ token: String, of keys: [String]) -> Bool { attempts[token].map(keys.contains) ?? false }
    }

    private let state = Mutex(State())

    /// Claims the first answer of an interaction, until ``endAnswer(_:)``.
    /// - Parameter keys: of what is to be shown: its own first, then those of what it takes the place of.
    /// - Returns: false when another answer is there, or on its way from elsewhere: two answers would take each other's place.
    func beginAnswer(_ token: String, for keys: [String] = []) -> Bool {
        state.withLock { state in
            guard !state.answered.contains(token) || state.isAttempt(token, of: keys) else { return false }
            return state.answering.insert(token).inserted
        }
    }

    func endAnswer(_ token: String) { state.withLock { _ = $0.answering.remove(token) } }

    /// The first answer is on its way, and may arrive without anybody being told.
    func willAnswer(_ token: String, for key: String) {
        state.withLock { state in
            if state.attempts.count >= DiscordLimits.remembered { state.attempts.removeAll() }
            state.attempts[token] = key
        }
    }

    /// Whether what is there may be what was sent for one of the keys.
    func isAttempt(_ token: String, of keys: [String]) -> Bool { state.withLock { $0.isAttempt(token, of: keys) } }

    /// The first answer is there, and nobody's attempt any more.
    func didAnswer(_ token: String) {
        noteAnswer(token)
        state.withLock { $0.attempts[token] = nil }
    }

    /// The first answer is there, whosever it is.
    func noteAnswer(_ token: String) {
        state.withLock { state in
            if state.answered.count >= DiscordLimits.remembered { state.answered.removeAll() }
            state.answered.insert(token)
        }
    }

    var botUser: String? {
        get { state.withLock(\.botUser) }
        set { state.withLock { $0.botUser = newValue } }
    }
}
