/// Work that does not end by itself.
public enum Hanging {
    /// Waits until the task is cancelled.
    /// - Throws: `CancellationError`, always.
    public static func untilCancelled() async throws -> Never {
        let (silence, _) = AsyncStream<Never>.makeStream()
        for await _ in silence {}
        throw CancellationError()
    }
}
