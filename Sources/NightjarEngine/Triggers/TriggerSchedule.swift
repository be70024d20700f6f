/// When a trigger fires.
public enum TriggerSchedule: Sendable, Equatable, Hashable {
    /// On a fixed grid, first one period after the start, never at once.
    case every(Duration)
    /// Once, counted from the start of the process.
    case after(Duration)
    /// Once ever.
    case at(Timestamp)
}
