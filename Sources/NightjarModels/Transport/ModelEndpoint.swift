import NIOHTTP1
import NightjarEngine

/// All that stays the same between the requests of one model.
struct ModelEndpoint: Sendable {
    /// The provider's name, for messages and logs.
    let provider: String
    let model: String
    let address: ProviderEndpoint
    let headers: HTTPHeaders
    let timeouts: ModelTimeouts
    let explainer: FailureExplainer

    /// An address that nobody wrote is seldom wrong.
    private static func addressAdvice(_ options: ModelOptions, model: String) -> String {
        guard options.baseURL != nil else { return "this machine's network" }
        return "base_url of " + (options.declaration ?? "the model that is named \(model) there")
    }

    /// - Parameters:
    ///   - headers: the provider's own, the key's included.
    ///   - keyVariable: where its key is kept by custom, for the hint when it is refused; nil for an address that is not the
    ///     provider's own.
    init(
        provider: String, model: String, address: ProviderEndpoint, headers: HTTPHeaders, keyVariable: String?,
        options: ModelOptions
    ) {
        var headers = headers
        headers.replaceOrAdd(name: "content-type", value: "application/json")
        headers.replaceOrAdd(name: "accept", value: "text/event-stream")
        headers.replaceOrAdd(name: "user-agent", value: "nightjar")
        for (name, value) in options.extraHeaders {
            headers.replaceOrAdd(name: name, value: value.reveal())
        }
        self.provider = provider
        self.model = model
        self.address = address
        self.headers = headers
        timeouts = ModelTimeouts(
            connect: min(options.timeouts.connect, ModelLimits.connectMax), firstByte: options.timeouts.firstByte,
            betweenChunks: options.timeouts.betweenChunks, whole: options.timeouts.whole)
        explainer = FailureExplainer(
            provider: provider, origin: address.origin, baseURL: address.base, model: model, hasKey: options.apiKey?.isEmpty == false,
            keyVariable: keyVariable, addressAdvice: Self.addressAdvice(options, model: model),
            redactor: Redactor([options.apiKey].compactMap(\.self) + options.extraHeaders.values))
    }
}
