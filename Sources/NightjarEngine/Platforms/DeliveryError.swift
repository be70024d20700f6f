/// Why a message could not be sent.
public struct DeliveryError: Error, Sendable, CustomStringConvertible {
    public var message: String
    /// Whether another try can help.
    public var isRetryable: Bool
    /// The receiver's own wish.
    public var retryAfter: Duration?
    /// Whether the receiver refuses how the message is made, so that it may take the same answer in another form.
    public var isAboutContent: Bool

    public init(_ message: String, isRetryable: Bool, retryAfter: Duration? = nil, isAboutContent: Bool = false) {
        self.message = message
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
        self.isAboutContent = isAboutContent
    }

    public var description: String { message }
}
