/// A script's formatter for one platform.
public protocol FormatterOverride: Sendable {
    /// - Returns: the message as the script wants it, or nil for the native default.
    /// - Throws: what the script raised; the caller logs it and uses the native default.
    func format(_ content: ReplyContent) async throws -> RenderedMessage?
}
