import Synchronization

/// What the platform remembers of interactions for a while. All of it may be forgotten: that costs a request, and no message.
final class DiscordMemory: Sendable {
    private struct State {
        /// Tokens of interactions whose first answer is there.
        var answered: Set<String> = []
        /// The bot's own user, once Discord has told it.
        var botUser: String?
    }

    private let state = Mutex(State())

    func isAnswered(_ token: String) -> Bool { state.withLock { $0.answered.contains(token) } }

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
