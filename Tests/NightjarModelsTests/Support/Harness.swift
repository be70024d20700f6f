import NightjarEngine
import NightjarTesting
import Synchronization

@testable import NightjarModels

/// Both providers, against a stand-in.
enum Provider: String, CaseIterable, Sendable {
    case openai
    case anthropic
}

/// What a call came to: the pieces in order, and the answer.
struct Heard: Sendable, Equatable {
    var pieces: [String] = []
    var response: ModelResponse?
}

/// Runs `body` with a stand-in and a model that talks to it.
func withModel<Result: Sendable>(
    _ provider: Provider, timeouts: ModelTimeouts = ModelTimeouts(), key: Secret? = Secret("sk-standin-key"),
    extraHeaders: [String: Secret] = [:], _ body: @Sendable (StandInProvider, any Model) async throws -> Result
) async throws -> Result {
    try await StandInProvider.withProvider { standIn in
        try await ModelTransport.withTransport { transport in
            let model = try ModelFactory(transport: transport).make(
                provider: provider.rawValue,
                options: ModelOptions(
                    name: "stand-in", baseURL: standIn.baseURL, apiKey: key, extraHeaders: extraHeaders, timeouts: timeouts))
            return try await body(standIn, model)
        }
    }
}

extension Model {
    func hear(_ request: ModelRequest = .hello) async throws -> Heard {
        let pieces = Mutex<[String]>([])
        let response = try await respond(to: request) { piece in pieces.withLock { $0.append(piece) } }
        return Heard(pieces: pieces.withLock { $0 }, response: response)
    }
}
