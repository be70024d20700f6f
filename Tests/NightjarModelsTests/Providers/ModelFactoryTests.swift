import NightjarEngine
import Testing

@testable import NightjarModels

struct ModelFactoryTests {
    @Test func everyKnownProviderCanBeMade() async throws {
        try await ModelTransport.withTransport { transport in
            let factory = ModelFactory(transport: transport)
            #expect(ModelFactory.knownProviders == ["anthropic", "echo", "openai"])
            for provider in ModelFactory.knownProviders {
                _ = try factory.make(provider: provider, options: ModelOptions(name: "m"))
            }
        }
    }

    @Test func unknownProviderNamesTheKnownOnes() async throws {
        try await ModelTransport.withTransport { transport in
            let error = #expect(throws: ModelConfigurationError.self) {
                try ModelFactory(transport: transport).make(provider: "opnai", options: ModelOptions(name: "m"))
            }
            #expect(error?.key == "provider")
            #expect(error?.message == "unknown provider \"opnai\"; known are anthropic, echo, openai")
        }
    }

    @Test(arguments: ["anthropic", "openai"]) func nameIsNeeded(provider: String) async throws {
        try await ModelTransport.withTransport { transport in
            let error = #expect(throws: ModelConfigurationError.self) {
                try ModelFactory(transport: transport).make(provider: provider, options: ModelOptions())
            }
            #expect(error?.key == "name")
        }
    }
}
