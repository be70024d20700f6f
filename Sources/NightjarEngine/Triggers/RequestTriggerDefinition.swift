/// A trigger that a request to a path of the server fires: `on_webhook`.
public struct RequestTriggerDefinition: Sendable {
    public var source: TriggerSource
    public var path: String
    /// Signs requests, as Standard Webhooks or as GitHub does.
    public var secret: Secret?
    /// The bearer token that may stand for a signature.
    public var token: Secret?
    public var run: @Sendable (HandlerContext) async throws -> HandlerResult

    public init(
        source: TriggerSource, path: String, secret: Secret? = nil, token: Secret? = nil,
        run: @escaping @Sendable (HandlerContext) async throws -> HandlerResult
    ) {
        self.source = source
        self.path = path
        self.secret = secret
        self.token = token
        self.run = run
    }
}
