/// What a platform makes of a request.
public enum PlatformReception: Sendable {
    /// Not genuine, or not to be understood: nothing is stored.
    /// - Parameters:
    ///   - code: a stable word for programs, such as `not_genuine`.
    ///   - reason: for the operator of this engine; never says what would have been right.
    case refused(status: Int, code: String, reason: String)
    /// What it tells of is stored first, then `answer` is sent; when it cannot be stored, the platform is told to come again.
    /// - Parameter answer: made of what became of the events, in their order.
    case taken([PlatformEvent], answer: @Sendable ([PlatformEventOutcome]) -> PlatformAnswer)

    /// A request that is answered and tells of nothing: a handshake, an event of no interest.
    public static func answered(_ answer: PlatformAnswer) -> PlatformReception {
        .taken([]) { _ in answer }
    }
}
