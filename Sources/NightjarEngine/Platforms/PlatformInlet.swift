/// Where a connected platform brings what people do.
public struct PlatformInlet: Sendable {
    /// Stores the events. Acknowledge them to the platform only when this has returned.
    /// - Throws: ``StoreError``, ``EngineError``; then they are not stored, and must come again.
    public let take: @Sendable ([PlatformEvent]) async throws -> [PlatformEventOutcome]
    /// The commands people may type: those of now at once, then each time they change.
    public let commands: @Sendable () -> Watch<[PlatformCommand]>
    public let clock: EngineClock
}
