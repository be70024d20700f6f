/// What became of a message at the door.
public enum AcceptOutcome: Sendable, Equatable {
    case accepted
    /// The same message was accepted before; nothing was stored.
    case duplicate(MessageRecord)
    /// The same external id came before with another text; nothing was stored.
    case conflict(MessageRecord)
    /// The trigger slot was already taken; nothing was stored.
    case slotTaken
}
