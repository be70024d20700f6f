import NIOCore
import NIOHTTP1

/// A model provider on this machine, for tests: a real HTTP server that answers as it is told.
///
/// It speaks OpenAI's chat completions at any path that ends in `/chat/completions`, Anthropic's messages at any that ends in
/// `/messages`, and plain text elsewhere. Each request takes the next scripted answer; when none is left, the fallback decides.
public struct StandInProvider: Sendable {
    /// `http://127.0.0.1:PORT`.
    public let baseURL: String
    private let ledger: StandInLedger

    /// What it has seen so far.
    public var activity: StandInActivity { ledger.activity }

    /// Adds answers for the next requests.
    public func script(_ answers: StandInAnswer...) {
        ledger.enqueue(answers)
    }

    /// Waits for something to have happened; for a client that hangs up, say: `wait { $0.openConnections == 0 }`.
    /// - Throws: `CancellationError`.
    @discardableResult
    public func wait(until condition: @escaping @Sendable (StandInActivity) -> Bool) async throws -> StandInActivity {
        try await ledger.wait(until: condition)
    }

    /// Runs a stand-in for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - port: 0 picks a free one.
    ///   - fallback: answers the requests that nothing was scripted for; by default an error that is not worth a retry.
    public static func withProvider<Result: Sendable>(
        port: Int = 0, fallback: @escaping @Sendable (StandInRequest) async -> StandInAnswer = { _ in .unscripted },
        _ body: (StandInProvider) async throws -> Result
    ) async throws -> Result {
        let ledger = StandInLedger()
        return try await StandInListener.withListener(port: port) { channel in
            try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
            try channel.pipeline.syncOperations.addHandler(StandInResponseEncoder())
            return try StandInConnection.Channel(wrappingChannelSynchronously: channel)
        } serve: {
            await StandInConnection(channel: $0, ledger: ledger, fallback: fallback).serve()
        } _: {
            try await body(StandInProvider(baseURL: "http://127.0.0.1:\($0)", ledger: ledger))
        }
    }
}

extension StandInAnswer {
    /// What a request gets that no answer was scripted for.
    public static let unscripted = StandInAnswer.refusal(
        status: 500, type: "stand_in", message: "no answer was scripted for this request", headers: ["x-should-retry": "false"])
}
