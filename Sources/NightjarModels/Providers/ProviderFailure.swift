import NightjarEngine

/// An error as a provider reports it in a JSON document, whichever of the known shapes it has.
///
/// OpenAI: `{"error":{"message","type","param","code"}}`; Anthropic: `{"type":"error","error":{"type","message"}}`. Compatible
/// servers also send `{"error":"text"}`, `{"message":"text"}`, `{"detail":"text"}`, a number in `code`, or the document in an
/// array.
struct ProviderFailure: Equatable, Sendable {
    var message: String
    /// The provider's word for it: `overloaded_error`, `insufficient_quota`.
    var type: String?
    /// An HTTP status given in the document.
    var status: Int?

    /// - Returns: nil when the document reports no error.
    init?(_ document: JSONValue) {
        if let first = document.array?.first {
            self.init(first)
            return
        }
        switch document["error"] {
        case .object(let error): self.init(members: error)
        case .string(let message): self.init(message: message)
        default:
            guard let message = document["message"]?.string ?? document["detail"]?.string else { return nil }
            self.init(message: message, type: document["type"]?.string)
        }
    }

    init(message: String, type: String? = nil, status: Int? = nil) {
        self.message = message
        self.type = type
        self.status = status
    }

    private init(members: [String: JSONValue]) {
        let type = members["type"]?.string ?? members["code"]?.string ?? members["status"]?.string
        message = members["message"]?.string ?? type ?? "no message"
        self.type = type
        status = members["code"]?.integer.flatMap { (400..<600).contains($0) ? Int($0) : nil }
    }

    /// The HTTP status that an error inside a stream under status 200 stands for; nil where the word is not known.
    ///
    /// Sources: Anthropic's "Errors" page and OpenAI's "Error codes" guide.
    var impliedStatus: Int? {
        if let status { return status }
        return switch type {
        case "invalid_request_error": 400
        case "authentication_error", "invalid_api_key": 401
        case "billing_error": 402
        case "permission_error": 403
        case "not_found_error": 404
        case "request_too_large": 413
        case "rate_limit_error", "rate_limit_exceeded", "insufficient_quota", "tokens", "requests": 429
        case "api_error", "server_error", "internal_error": 500
        case "timeout_error": 504
        case "overloaded_error": 529
        default: nil
        }
    }
}
