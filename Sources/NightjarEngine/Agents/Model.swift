/// A language model that answers requests, streaming.
public protocol Model: Sendable {
    /// Asks the model once; nothing is retried here.
    ///
    /// - Parameters:
    ///   - onText: called with each piece of visible text as it arrives, in order; the next piece is not read before it returns.
    /// - Returns: the whole answer, its `text` being all pieces together.
    /// - Throws: ``ModelError``; `CancellationError` when the task is cancelled, after the connection was closed.
    func respond(to request: ModelRequest, onText: @Sendable (String) async throws -> Void) async throws -> ModelResponse
}
