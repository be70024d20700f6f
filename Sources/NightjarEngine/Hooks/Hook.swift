/// A script's function at a ``HookPoint``.
public protocol Hook: Sendable {
    /// - Returns: a changed input, or nil to leave it; ignored in `post_*`.
    /// - Throws: ``HandlerFailure`` to refuse with a reason; any other error refuses too, in `pre_*`.
    func run(_ event: HookEvent, context: HandlerContext) async throws -> String?
}
