import NIOHTTP1
public import NightjarEngine

/// A model behind OpenAI's `/v1/chat/completions`, or any server that speaks it (llama.cpp, vLLM, Ollama, Groq, …).
public struct OpenAIModel: Model {
    static let defaultBaseURL = "https://api.openai.com/v1"
    private static let keyVariable = "OPENAI_API_KEY"

    private let exchange: ModelExchange
    private let name: String
    private let maxTokens: Int?
    private let limitKey: OpenAIRequestBody.LimitKey

    /// - Parameter transport: must outlive the model.
    /// - Throws: ``ModelConfigurationError`` when the name is missing or the address unusable.
    public init(_ options: ModelOptions, transport: ModelTransport) throws(ModelConfigurationError) {
        guard let name = options.name, !name.isEmpty else {
            throw ModelConfigurationError(
                key: "name", message: "name is missing: the provider's name for the model, like \"gpt-5-mini\"")
        }
        let address = try ProviderEndpoint(
            baseURL: options.baseURL ?? Self.defaultBaseURL, version: "v1", operation: "chat/completions", requiresVersion: false)
        let isOpenAI = address.host == "api.openai.com"
        var headers = HTTPHeaders()
        if let key = options.apiKey, !key.isEmpty {
            headers.add(name: "authorization", value: "Bearer \(key.reveal())")
        }
        self.name = name
        maxTokens = options.maxTokens
        limitKey = isOpenAI ? .maxCompletionTokens : .maxTokens
        exchange = ModelExchange(
            endpoint: ModelEndpoint(
                provider: "openai", model: name, address: address, headers: headers,
                keyVariable: isOpenAI ? Self.keyVariable : nil, options: options),
            transport: transport)
    }

    public func respond(
        to request: ModelRequest, onText: @Sendable (String) async throws -> Void
    ) async throws -> ModelResponse {
        let names = WireToolNames(request)
        let body = OpenAIRequestBody(
            model: name, request: request, names: names, maxTokens: request.maxTokens ?? maxTokens, limitKey: limitKey)
        return try await exchange.run(body: body.json, decoder: OpenAIStreamDecoder(names: names), onText: onText)
    }
}
