/// The suite that runs against every driver. A test target runs each case with a closure that makes an empty store:
///
///     @Test(arguments: StoreConformance.cases)
///     func keepsThePromise(_ promise: StoreConformanceCase) async throws {
///         try await promise.run { MemoryStore() }
///     }
///
/// It needs no test framework: a broken promise is a thrown ``ConformanceFailure``.
public enum StoreConformance {
    public static let cases: [StoreConformanceCase] = [
        inbox, enqueueing, starting, claiming, fairness, delays, settling, cancelling, nesting, recovery, journal, outbox, questions, triggers,
        triggerMemories,
        listing, sessions, scriptState, pruning, races, closing,
    ].flatMap(\.self)
}
