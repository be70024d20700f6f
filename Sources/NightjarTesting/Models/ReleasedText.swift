/// The answer of a ``ScriptedModel``, released by the test piece by piece.
public struct ReleasedText: Sendable {
    public let pieces: AsyncThrowingStream<String, any Error>
    private let release: AsyncThrowingStream<String, any Error>.Continuation

    public init() {
        (pieces, release) = AsyncThrowingStream.makeStream()
    }

    public func say(_ piece: String) { release.yield(piece) }

    /// Ends the answer, well or with an error.
    public func end(throwing error: (any Error)? = nil) { release.finish(throwing: error) }
}
