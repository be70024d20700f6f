import Logging

extension Engine {
    /// What was acknowledged waits for a store that takes nothing now, such as one on a full disk, instead of being given up.
    /// - Parameters:
    ///   - metadata: what waits, for the log.
    ///   - body: one step of the store, or several that find by their origins what they stored before.
    /// - Throws: what `body` throws, but for transient ``StoreError``s; `CancellationError` while it waits.
    func whenStoreWorks<Result>(_ metadata: Logger.Metadata, _ body: () async throws -> Result) async throws -> Result {
        while true {
            do {
                return try await body()
            } catch let error as StoreError where error.isTransient {
                var metadata = metadata
                metadata["error"] = "\(error)"
                logger.error("what was asked for cannot be stored, trying again", metadata: metadata)
                try await clock.sleep(for: EngineLimits.storeRetryPause)
            }
        }
    }
}
