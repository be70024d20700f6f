/// Why a message could not be sent.
public struct DeliveryError: Error, Sendable, CustomStringConvertible {
    public var message: String
    /// Whether another try can help.
    public var isRetryable: Bool
    /// The receiver's own wish.
    public var retryAfter: Duration?

    public init(_ message: String, isRetryable: Bool, retryAfter: Duration? = nil) {
        self.message = message
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
    }

    public var description: String { message }
}
