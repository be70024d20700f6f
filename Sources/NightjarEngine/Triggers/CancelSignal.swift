/// Tells one running task to stop, from outside. Sent before anyone waits for it, it is not lost.
struct CancelSignal: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func send() { continuation.finish() }

    /// Returns when the signal was sent or the task is cancelled. One task may wait.
    func wait() async {
        for await _ in stream {}
    }
}
