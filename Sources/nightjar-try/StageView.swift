/// What a person sees of a conversation.
struct StageView: Sendable, Equatable {
    /// The engine's messages, oldest first, as they look now.
    var messages: [StageMessage] = []
    /// How often the engine showed that it is at work ("is typing…").
    var activities = 0
}
