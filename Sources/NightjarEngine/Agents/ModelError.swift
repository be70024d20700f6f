/// Why a model did not answer.
public struct ModelError: Error, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// The provider could not be reached, or the connection broke.
        case connection
        /// One of the four time-outs passed: connect, first byte, between chunks, whole.
        case timeout
        /// HTTP 429.
        case rateLimited
        /// The provider failed: HTTP 5xx, an overload, an error in the stream.
        case provider
        /// The request was at fault: any other 4xx. It will fail again.
        case request
        /// The answer could not be understood.
        case malformed
        /// A model written in Lua raised an error.
        case script
    }

    public var kind: Kind
    public var message: String
    /// HTTP status, where there was one.
    public var status: Int?
    public var isRetryable: Bool
    /// The provider's own wish, believed up to 60 s.
    public var retryAfter: Duration?

    public init(_ kind: Kind, _ message: String, status: Int? = nil, isRetryable: Bool, retryAfter: Duration? = nil) {
        self.kind = kind
        self.message = message
        self.status = status
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
    }

    public var description: String { message }
}
