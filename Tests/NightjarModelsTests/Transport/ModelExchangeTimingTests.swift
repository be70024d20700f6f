import NIOCore
import NIOPosix
import NightjarEngine
import NightjarTesting
import Synchronization
import Testing

@testable import NightjarModels

/// Time-outs, cancellation and back-pressure, over a real socket.
@Suite(.timeLimit(.minutes(1)))
struct ModelExchangeTimingTests {
    private static let short = Duration.milliseconds(50)
    /// Long enough for a busy machine to bring a chunk that was sent at once.
    private static let patient = Duration.milliseconds(700)

    private func failure(
        _ provider: Provider, _ answer: StandInAnswer, _ timeouts: ModelTimeouts
    ) async throws -> ModelError {
        try await withModel(provider, timeouts: timeouts) { standIn, model in
            standIn.script(answer)
            let error = await #expect(throws: ModelError.self) { try await model.hear() }
            try await standIn.wait { $0.abandonedResponses == 1 && $0.openConnections == 0 }
            return try #require(error)
        }
    }

    @Test(arguments: Provider.allCases) func firstByte(provider: Provider) async throws {
        let error = try await failure(provider, .stallBeforeFirstByte, ModelTimeouts(firstByte: Self.short))
        #expect(error.kind == .timeout)
        #expect(error.isRetryable)
        #expect(error.message == "\(provider) did not begin its answer within 50 ms (first byte time-out)")
    }

    @Test(arguments: Provider.allCases) func betweenChunks(provider: Provider) async throws {
        let error = try await failure(provider, .stall(after: "so far"), ModelTimeouts(betweenChunks: Self.short))
        #expect(error.kind == .timeout)
        #expect(error.message.hasSuffix("no data for 50 ms (time-out between chunks)"))
    }

    /// Keep-alive comments come all the time, the answer never does.
    @Test(arguments: Provider.allCases) func whole(provider: Provider) async throws {
        let alive = Array(repeating: [StandInStep.raw(": alive\n\n"), .pause(.milliseconds(5))], count: 2000).flatMap(\.self)
        let error = try await failure(
            provider, StandInAnswer(steps: [.text("a")] + alive),
            ModelTimeouts(betweenChunks: .seconds(10), whole: .milliseconds(200)))
        #expect(error.kind == .timeout)
        #expect(error.message.hasSuffix("within 200 ms (time-out of the whole answer)"))
    }

    /// A listener that the kernel connects us to, but where nobody answers the TLS handshake.
    @Test func connect() async throws {
        let silent = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(silent.localAddress?.port)
        try await ModelTransport.withTransport { transport in
            let options = ModelOptions(
                name: "m", baseURL: "https://127.0.0.1:\(port)", timeouts: ModelTimeouts(connect: Self.short))
            let model = try OpenAIModel(options, transport: transport)
            let error = await #expect(throws: ModelError.self) { try await model.hear() }
            #expect(error?.kind == .timeout)
            #expect(error?.isRetryable == true)
            #expect(
                error?.message == "openai (https://127.0.0.1:\(port)) could not be reached within 50 ms (connect time-out)")
            // Ends the client's attempt, which its shutdown would wait for.
            try await silent.close()
        }
    }

    /// The slow reader, not the provider, takes the time.
    @Test func aSlowReaderIsNoStall() async throws {
        try await withModel(.openai, timeouts: ModelTimeouts(betweenChunks: Self.patient)) { standIn, model in
            standIn.script(.text("a", "b"))
            let text = try await model.respond(to: .hello) { _ in
                try await EngineClock.system.sleep(for: Self.patient * 2)
            }.text
            #expect(text == "ab")
        }
    }

    @Test(arguments: Provider.allCases) func textArrivesAsItIsSentAndCancelClosesTheConnection(provider: Provider) async throws {
        try await withModel(provider) { standIn, model in
            standIn.script(.stall(after: "first"))
            let (pieces, continuation) = AsyncStream.makeStream(of: String.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) {
                        _ = try await model.respond(to: .hello) { continuation.yield($0) }
                    }
                }
                var iterator = pieces.makeAsyncIterator()
                #expect(await iterator.next() == "first")
                #expect(standIn.activity.openConnections == 1)
                group.cancelAll()
                try await standIn.wait { $0.abandonedResponses == 1 && $0.openConnections == 0 }
            }
        }
    }

    @Test(arguments: Provider.allCases) func cancelBeforeTheFirstByteClosesTheConnection(provider: Provider) async throws {
        try await withModel(provider) { standIn, model in
            standIn.script(.stallBeforeFirstByte)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    await #expect(throws: CancellationError.self) { try await model.hear() }
                }
                try await standIn.wait { $0.requests.count == 1 }
                group.cancelAll()
                try await standIn.wait { $0.abandonedResponses == 1 && $0.openConnections == 0 }
            }
        }
    }

    /// Far more than the buffers of both sides hold: while the first piece is not taken, the server cannot finish.
    @Test func aSlowReaderSlowsTheProviderDown() async throws {
        let piece = String(repeating: "x", count: 100_000)
        let answer = StandInAnswer(steps: Array(repeating: .text(piece), count: 120) + [.finish(.endOfTurn, .zero)])
        try await withModel(.openai) { standIn, model in
            standIn.script(answer)
            let isFirst = Mutex(true)
            let response = try await model.respond(to: .hello) { _ in
                guard
                    isFirst.withLock({ first in
                        defer { first = false }; return first
                    })
                else { return }
                try await EngineClock.system.sleep(for: Self.short * 4)
                #expect(standIn.activity.completedResponses == 0)
            }
            #expect(response.text.utf8.count == 120 * piece.utf8.count)
        }
    }
}
