/// What `/healthz` tells.
public struct HealthReport: Sendable, Equatable {
    /// The generation of scripts that runs.
    public var generation: Int
    /// Why the last reload failed; nil when it did not.
    public var reloadError: String?

    public init(generation: Int, reloadError: String? = nil) {
        self.generation = generation
        self.reloadError = reloadError
    }
}
