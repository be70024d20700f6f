/// What became of a wish to run a trigger now.
public enum ManualFiring: Sendable, Equatable {
    case started
    /// An earlier firing still runs; this one follows it.
    case queued
    /// An earlier firing still runs, and the trigger's `overlap` or a limit leaves no room.
    case refused
}
