/// What became of one firing of a trigger.
public enum FireOutcome: Sendable, Equatable {
    case completed
    /// The handler failed; whoever returns this has logged why.
    case failed
    /// The slot was claimed before, by this process or another: nothing was done.
    case slotTaken
}
