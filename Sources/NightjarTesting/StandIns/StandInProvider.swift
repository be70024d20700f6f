import NIOCore
import NIOHTTP1
import NIOPosix

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
        let server = try await bind(port: port)
        let address = "http://127.0.0.1:\(server.channel.localAddress?.port ?? port)"
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.executeThenClose { connections in
                    try await withThrowingDiscardingTaskGroup { group in
                        for try await channel in connections {
                            group.addTask { await StandInConnection(channel: channel, ledger: ledger, fallback: fallback).serve() }
                        }
                    }
                }
            }
            defer { group.cancelAll() }
            return try await body(StandInProvider(baseURL: address, ledger: ledger))
        }
    }

    private static func bind(port: Int) async throws -> NIOAsyncChannel<StandInConnection.Channel, Never> {
        try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try channel.pipeline.syncOperations.addHandler(StandInResponseEncoder())
                    return try StandInConnection.Channel(wrappingChannelSynchronously: channel)
                }
            }
    }
}

extension StandInAnswer {
    /// What a request gets that no answer was scripted for.
    public static let unscripted = StandInAnswer.refusal(
        status: 500, type: "stand_in", message: "no answer was scripted for this request", headers: ["x-should-retry": "false"])
}
