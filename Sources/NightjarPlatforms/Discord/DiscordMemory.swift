import Synchronization

/// What the platform remembers of interactions for a while. All of it may be forgotten: that costs a request, and no message.
final class DiscordMemory: Sendable {
    private struct State {
        /// Tokens of interactions whose first answer is there.
        var answered: Set<String> = []
        /// Tokens of interactions that are being answered just now.
        var answering: Set<String> = []
        /// The bot's own user, once Discord has told it.
        var botUser: String?
    }

    private let state = Mutex(State())

    /// Claims the first answer of an interaction, until ``endAnswer(_:)``.
    /// - Returns: false when it is there, or on its way from elsewhere: two answers would take each other's place.
    func beginAnswer(_ token: String) -> Bool {
        state.withLock { !$0.answered.contains(token) && $0.answering.insert(token).inserted }
    }

    func endAnswer(_ token: String) { state.withLock { _ = $0.answering.remove(token) } }

    func didAnswer(_ token: String) {
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
