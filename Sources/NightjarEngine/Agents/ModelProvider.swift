/// Makes models of providers from what scripts declare.
public protocol ModelProvider: Sendable {
    /// The provider names it knows, for "did you mean".
    var names: [String] { get }

    /// - Throws: ``ModelConfigurationError``: an unknown provider, a missing name, an unusable address. Nothing is sent.
    func make(provider: String, options: ModelOptions) throws(ModelConfigurationError) -> any Model
}
