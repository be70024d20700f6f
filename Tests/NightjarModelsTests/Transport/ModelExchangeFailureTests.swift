import Foundation
import NightjarEngine
import NightjarTesting
import Testing

@testable import NightjarModels

/// What providers and networks do wrong.
@Suite(.timeLimit(.minutes(1)))
struct ModelExchangeFailureTests {
    private func failure(
        _ provider: Provider, _ answer: StandInAnswer, timeouts: ModelTimeouts = ModelTimeouts()
    ) async throws -> ModelError {
        try await withModel(provider, timeouts: timeouts) { standIn, model in
            standIn.script(answer)
            let error = await #expect(throws: ModelError.self) { try await model.hear() }
            return try #require(error)
        }
    }

    @Test(arguments: Provider.allCases) func refusalWithHeaders(provider: Provider) async throws {
        let error = try await failure(
            provider,
            .refusal(status: 429, type: "rate_limit_error", message: "slow down", headers: ["retry-after": "7"]))
        #expect(error.kind == .rateLimited)
        #expect(error.status == 429)
        #expect(error.isRetryable)
        #expect(error.retryAfter == .seconds(7))
        #expect(error.message == "\(provider) has had too many requests (429): slow down")
    }

    @Test(arguments: Provider.allCases) func theKeyIsNotInTheError(provider: Provider) async throws {
        let error = try await failure(
            provider, .refusal(status: 401, type: "authentication_error", message: "incorrect key: sk-standin-key"))
        #expect(!String(reflecting: error).contains("sk-standin-key"))
        #expect(error.message.hasPrefix("\(provider) refused the key (401): incorrect key: ••••"))
    }

    @Test(arguments: Provider.allCases) func errorInTheStream(provider: Provider) async throws {
        let error = try await failure(
            provider, StandInAnswer(steps: [.text("so far"), .failure(type: "overloaded_error", message: "Overloaded")]))
        #expect(error.kind == .provider)
        #expect(error.message == "\(provider) is overloaded (529): Overloaded")
        #expect(error.isRetryable)
    }

    @Test(arguments: Provider.allCases) func errorDocumentUnderStatus200(provider: Provider) async throws {
        let error = try await failure(
            provider, StandInAnswer(steps: [.refusal(type: "invalid_request_error", message: "no such tool")]))
        #expect(error.kind == .request)
        #expect(!error.isRetryable)
        #expect(error.message == "\(provider) refused the request (400): no such tool")
    }

    @Test(arguments: Provider.allCases) func webPageUnderStatus200(provider: Provider) async throws {
        let error = try await failure(
            provider, StandInAnswer(headers: ["content-type": "text/html"], steps: [.raw("<html>Log in</html>")]))
        #expect(error.kind == .malformed)
        #expect(error.message.contains("check base_url"))
    }

    @Test(arguments: Provider.allCases) func halfAnAnswer(provider: Provider) async throws {
        let error = try await failure(provider, .drop(after: "so far"))
        #expect(error.kind == .connection)
        #expect(error.isRetryable)
    }

    @Test(arguments: Provider.allCases) func redirectsAreNotFollowed(provider: Provider) async throws {
        try await withModel(provider) { standIn, model in
            standIn.script(StandInAnswer(status: 307, headers: ["location": standIn.baseURL + "/else"], steps: []))
            let error = await #expect(throws: ModelError.self) { try await model.hear() }
            #expect(error?.status == 307)
            #expect(standIn.activity.requests.count == 1)
        }
    }

    @Test(arguments: Provider.allCases) func endlessEventIsCutOff(provider: Provider) async throws {
        let piece = String(repeating: "x", count: 1 << 20)
        let error = try await failure(
            provider, StandInAnswer(steps: [.text("a")] + Array(repeating: .raw(piece), count: 6) + [.stall]))
        #expect(error.kind == .malformed)
        #expect(error.message.contains("one event is longer than 4 MiB"))
    }

    @Test func nobodyListens() async throws {
        let baseURL = try await StandInProvider.withProvider { $0.baseURL }
        try await ModelTransport.withTransport { transport in
            var options = ModelOptions(name: "m", baseURL: baseURL)
            options.declaration = "model \"mine\" (nightjar.lua:7)"
            let error = try await connectionError(options, transport)
            #expect(
                error.message == "cannot reach \(baseURL): nothing listens there (connection refused); "
                    + "check base_url of model \"mine\" (nightjar.lua:7)")
        }
    }

    /// A name under `.invalid` is never known (RFC 6761).
    @Test func aNameThatIsNotKnown() async throws {
        try await ModelTransport.withTransport { transport in
            let options = ModelOptions(name: "m", baseURL: "http://nightjar.invalid:8080/v1")
            let error = try await connectionError(options, transport)
            #expect(
                error.message == "cannot reach http://nightjar.invalid:8080: the name nightjar.invalid is not known (DNS); "
                    + "check base_url of the model that is named m there")
        }
    }

    @Test func anAddressThatDoesNotSpeakTLS() async throws {
        try await StandInProvider.withProvider { standIn in
            try await ModelTransport.withTransport { transport in
                let url = standIn.baseURL.replacingOccurrences(of: "http://", with: "https://")
                let error = try await connectionError(ModelOptions(name: "m", baseURL: url), transport)
                #expect(error.message.contains("it does not speak TLS; is it an http:// address?"), "\(error.message)")
            }
        }
    }

    private func connectionError(_ options: ModelOptions, _ transport: ModelTransport) async throws -> ModelError {
        let model = try OpenAIModel(options, transport: transport)
        let error = try #require(await #expect(throws: ModelError.self) { try await model.hear() })
        #expect(error.kind == .connection)
        #expect(error.isRetryable)
        return error
    }

    @Test func whatTheReaderThrowsComesThrough() async throws {
        struct Stop: Error {}
        try await withModel(.openai) { standIn, model in
            standIn.script(.stall(after: "a"))
            await #expect(throws: Stop.self) {
                _ = try await model.respond(to: .hello) { _ in throw Stop() }
            }
            try await standIn.wait { $0.abandonedResponses == 1 && $0.openConnections == 0 }
        }
    }
}
