/// What became of a wish to load the scripts again.
public enum ReloadReport: Sendable, Equatable {
    case loaded(generation: Int)
    /// Nothing has changed; all errors, each with its place.
    case failed(errors: [String])
}
