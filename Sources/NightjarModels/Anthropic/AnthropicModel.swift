import NIOHTTP1
public import NightjarEngine

/// A model behind Anthropic's `/v1/messages`.
public struct AnthropicModel: Model {
    static let defaultBaseURL = "https://api.anthropic.com"
    private static let keyVariable = "ANTHROPIC_API_KEY"
    /// The version of the protocol that this client speaks.
    private static let protocolVersion = "2023-06-01"

    private let exchange: ModelExchange
    private let name: String
    private let maxTokens: Int

    /// - Parameter transport: must outlive the model.
    /// - Throws: ``ModelConfigurationError`` when the name is missing or the address unusable.
    public init(_ options: ModelOptions, transport: ModelTransport) throws(ModelConfigurationError) {
        guard let name = options.name, !name.isEmpty else {
            throw ModelConfigurationError(
                key: "name", message: "name is missing: the provider's name for the model, like \"claude-sonnet-4-5\"")
        }
        let address = try ProviderEndpoint(
            baseURL: options.baseURL ?? Self.defaultBaseURL, version: "v1", operation: "messages", requiresVersion: true)
        var headers: HTTPHeaders = ["anthropic-version": Self.protocolVersion]
        if let key = options.apiKey, !key.isEmpty {
            headers.add(name: "x-api-key", value: key.reveal())
        }
        self.name = name
        maxTokens = options.maxTokens ?? ModelLimits.defaultMaxTokens
        exchange = ModelExchange(
            endpoint: ModelEndpoint(
                provider: "anthropic", model: name, address: address, headers: headers,
                keyVariable: options.baseURL == nil ? Self.keyVariable : nil, options: options),
            transport: transport)
    }

    public func respond(
        to request: ModelRequest, onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        let names = WireToolNames(request)
        let body = AnthropicRequestBody(
            model: name, request: request, names: names, maxTokens: request.maxTokens ?? maxTokens)
        return try await exchange.run(body: body.json, decoder: AnthropicStreamDecoder(names: names), onText: onText)
    }
}
