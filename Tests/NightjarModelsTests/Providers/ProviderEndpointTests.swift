import NightjarEngine
import Testing

@testable import NightjarModels

struct ProviderEndpointTests {
    private func openAI(_ base: String) throws -> ProviderEndpoint {
        try ProviderEndpoint(baseURL: base, version: "v1", operation: "chat/completions", requiresVersion: false)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/chat/completions"),
        ("https://api.openai.com/v1/", "https://api.openai.com/v1/chat/completions"),
        ("https://api.groq.com/openai/v1", "https://api.groq.com/openai/v1/chat/completions"),
        ("https://host/v1beta/openai", "https://host/v1beta/openai/chat/completions"),
        ("https://host/v1/chat/completions", "https://host/v1/chat/completions"),
        ("https://host/x?api-version=1#f", "https://host/x/chat/completions?api-version=1"),
    ])
    func openAIAddresses(base: String, url: String) throws {
        #expect(try openAI(base).url == url)
    }

    @Test(arguments: [
        ("https://api.anthropic.com", "https://api.anthropic.com/v1/messages"),
        ("https://api.anthropic.com/v1", "https://api.anthropic.com/v1/messages"),
        ("https://gateway/anthropic", "https://gateway/anthropic/v1/messages"),
        ("https://gateway/anthropic/v1/messages", "https://gateway/anthropic/v1/messages"),
    ])
    func anthropicAddresses(base: String, url: String) throws {
        #expect(try ProviderEndpoint(baseURL: base, version: "v1", operation: "messages", requiresVersion: true).url == url)
    }

    @Test(arguments: ["", "api.openai.com/v1", "ftp://host", "https://", "file:///etc/passwd", "https://me:secret@host"])
    func unusable(base: String) {
        let error = #expect(throws: ModelConfigurationError.self) { try openAI(base) }
        #expect(error?.key == "base_url")
        #expect(error?.message.contains("secret") == false)
    }

    @Test(arguments: [
        ("http://127.0.0.1:18502/openai/v1", "http://127.0.0.1:18502/openai/v1"), ("https://host/a%20b/?key=secret#f", "https://host/a%20b/"),
        ("https://host", "https://host"),
    ])
    func baseIsWholeButForTheQuery(base: String, shown: String) throws {
        #expect(try openAI(base).base == shown)
    }

    @Test func originHidesPathAndQuery() throws {
        #expect(try openAI("https://host:8443/secret?key=secret").origin == "https://host:8443")
    }
}
