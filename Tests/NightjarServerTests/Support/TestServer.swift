import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1
import NightjarEngine
import NightjarPlatforms
import NightjarServer
import ServiceLifecycle

/// A server on a port of its own, with an engine on a store in memory.
struct TestServer {
    let engine: Engine
    let store: MemoryStore
    let address: ListeningAddress

    var base: String { "http://\(address)" }

    /// Runs both while `body` runs.
    /// - Parameters:
    ///   - isLoopback: false lets the server believe that others can reach it.
    ///   - isPrepared: false leaves the engine as it is before it starts.
    static func run(
        _ definitions: Definitions = .test(), clock: EngineClock = .system,
        configuration: NightjarServerConfiguration = NightjarServerConfiguration(port: 0), isLoopback: Bool = true,
        isPrepared: Bool = true, metrics: PrometheusMetrics = PrometheusMetrics(),
        log: any LogHandler = SwiftLogNoOpLogHandler(),
        health: @escaping @Sendable () -> HealthReport = { HealthReport(generation: 1) },
        reload: @escaping @Sendable () async -> ReloadReport = { .loaded(generation: 2) },
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test", factory: { _ in log })
        let store = MemoryStore()
        let engine = Engine(definitions: definitions, store: store, clock: clock, logger: logger)
        let (addresses, listening) = AsyncStream<ListeningAddress>.makeStream()
        var configuration = configuration
        configuration.isLoopback = isLoopback
        let server = NightjarServer(
            engine: engine, configuration: configuration, metrics: metrics, health: health, reload: reload, logger: logger
        ) { listening.yield($0) }
        var group = ServiceGroupConfiguration(services: [server], logger: logger)
        // Requests that a test leaves unanswered.
        group.maximumGracefulShutdownDuration = .seconds(1)
        let services = ServiceGroup(configuration: group)
        let hosts: @Sendable () -> [String] = { definitions.settings.callbackHosts }
        try await WebhookPlatform.withPlatform(callbackHosts: hosts) { webhook in
            engine.install(webhook)
            if isPrepared { try await engine.prepare() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await engine.run() }
                defer { group.cancelAll() }
                // Outside of the group: a server that is cancelled drops connections it has accepted, and that ends the process.
                let serving = Task {
                    defer { listening.finish() }
                    try await services.run()
                }
                do {
                    for await address in addresses {
                        try await body(TestServer(engine: engine, store: store, address: address))
                        break
                    }
                } catch {
                    await services.triggerGracefulShutdown()
                    _ = await serving.result
                    throw error
                }
                await services.triggerGracefulShutdown()
                // A server that could not listen has ended with the reason.
                try await serving.value
            }
        }
    }

    func get(_ path: String, headers: HTTPHeaders = [:]) async throws -> Answer {
        try await send(.GET, path, headers: headers)
    }

    func post(_ path: String, _ body: String = "", headers: HTTPHeaders = [:]) async throws -> Answer {
        try await send(.POST, path, headers: headers, body: ByteBuffer(string: body))
    }

    func send(
        _ method: NIOHTTP1.HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: ByteBuffer? = nil
    ) async throws -> Answer {
        let response = try await open(method, path, headers: headers, body: body)
        let text = String(buffer: try await response.body.collect(upTo: 256 << 20))
        let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { "\($0), \($1)" }
        return Answer(status: Int(response.status.code), headers: headers, text: text)
    }

    /// Posts a body without saying how long it is.
    func postInPieces(_ path: String, piece: ByteBuffer, count: Int) async throws -> Answer {
        var request = HTTPClientRequest(url: base + path)
        request.method = .POST
        let (pieces, feed) = AsyncStream<ByteBuffer>.makeStream()
        for _ in 0..<count { feed.yield(piece) }
        feed.finish()
        request.body = .stream(pieces, length: .unknown)
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
        let text = String(buffer: try await response.body.collect(upTo: 1 << 20))
        return Answer(status: Int(response.status.code), headers: [:], text: text)
    }

    /// The response as soon as its head is there.
    func open(
        _ method: NIOHTTP1.HTTPMethod, _ path: String, headers: HTTPHeaders = [:], body: ByteBuffer? = nil
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        request.headers = headers
        if let body { request.body = .bytes(body) }
        return try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    }
}
