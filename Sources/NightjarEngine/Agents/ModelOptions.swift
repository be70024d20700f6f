/// How one model is reached: what a `model "name" { … }` declaration says, whichever the provider.
public struct ModelOptions: Sendable, Equatable {
    /// The provider's name for the model, such as `claude-sonnet-4-5`.
    public var name: String?
    /// Nil is the provider's own address. `https://host`, `https://host/v1` and longer paths are all understood.
    public var baseURL: String?
    /// Nil sends no key, as local servers want it.
    public var apiKey: Secret?
    /// The most tokens of one answer, where the request says nothing.
    public var maxTokens: Int?
    /// Sent with every request, in place of a header of ours with the same name. Values are secrets, since gateways take keys
    /// this way.
    public var extraHeaders: [String: Secret]
    public var timeouts: ModelTimeouts
    /// Where people find it, for messages: `model "claude" (nightjar.lua:12)`.
    public var declaration: String?

    public init(
        name: String? = nil, baseURL: String? = nil, apiKey: Secret? = nil, maxTokens: Int? = nil,
        extraHeaders: [String: Secret] = [:], timeouts: ModelTimeouts = ModelTimeouts()
    ) {
        self.name = name
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.maxTokens = maxTokens
        self.extraHeaders = extraHeaders
        self.timeouts = timeouts
    }
}
