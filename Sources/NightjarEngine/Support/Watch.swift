/// Events as they happen, for one reader, until they end or the reader has had enough.
///
/// Events are for watching, not for keeping: a reader that falls behind loses the oldest first.
public struct Watch<Element: Sendable>: AsyncSequence, Sendable {
    private let events: AsyncStream<Element>
    let continuation: AsyncStream<Element>.Continuation

    /// - Parameter backlogMax: events kept for a reader that does not read.
    init(backlogMax: Int) {
        (events, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(backlogMax))
    }

    public func makeAsyncIterator() -> AsyncStream<Element>.Iterator { events.makeAsyncIterator() }

    /// Ends the sequence for its reader, after what it has not read yet. What is watched goes on.
    public func stop() { continuation.finish() }
}
