public import NightjarEngine

/// Makes models from what scripts declare.
///
/// A new provider is a case of ``Provider``; the rest follows from it.
public struct ModelFactory: ModelProvider {
    private enum Provider: String, CaseIterable {
        case anthropic
        case echo
        case openai
    }

    /// The names ``make(provider:options:)`` takes, sorted. Models written in Lua (`lua`) are made by the script host instead.
    public static let knownProviders = Provider.allCases.map(\.rawValue).sorted()

    public var names: [String] { Self.knownProviders }

    private let transport: ModelTransport

    /// - Parameter transport: shared by all models made here; it must outlive them.
    public init(transport: ModelTransport) {
        self.transport = transport
    }

    /// - Throws: ``ModelConfigurationError``: an unknown provider, a missing name, an unusable address. Nothing is sent.
    public func make(provider: String, options: ModelOptions) throws(ModelConfigurationError) -> any Model {
        switch Provider(rawValue: provider) {
        case .anthropic: try AnthropicModel(options, transport: transport)
        case .echo: EchoModel()
        case .openai: try OpenAIModel(options, transport: transport)
        case nil:
            throw ModelConfigurationError(
                key: "provider",
                message: "unknown provider \"\(provider)\"; known are \(Self.knownProviders.joined(separator: ", "))")
        }
    }
}
