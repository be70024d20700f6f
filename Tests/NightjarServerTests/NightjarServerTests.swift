import AsyncHTTPClient
import Foundation
import Logging
import NightjarEngine
import NightjarServer
import NightjarTesting
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Testing

@Suite struct NightjarServerTests {
    private func server(_ engine: Engine, port: Int) -> NightjarServer {
        NightjarServer(
            engine: engine, configuration: NightjarServerConfiguration(port: port), metrics: PrometheusMetrics(),
            health: { HealthReport(generation: 1) }, reload: { .loaded(generation: 1) },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    @Test func portInUseIsSaidClearly() async throws {
        try await TestServer.run { first async throws in
            let error = await #expect(throws: NightjarServerError.self) {
                try await server(first.engine, port: first.address.port).run()
            }
            #expect(error == .portInUse(host: "127.0.0.1", port: first.address.port))
            #expect(error?.description.contains("--listen") == true)
        }
    }

    @Test func localSocketServesTheAPIWithoutToken() async throws {
        let path = "/tmp/nightjar-\(UUID().uuidString.prefix(8)).sock"
        let configuration = NightjarServerConfiguration(port: 0, socketPath: path)
        let settings = EngineSettings(apiToken: Secret("hush"))
        try await TestServer.run(.test(settings: settings), configuration: configuration, isLoopback: false) { _ async throws in
            try await waitForFile(path)
            let reload = try await ask(.POST, "/api/v1/reload", at: path)
            #expect(reload.status == .ok)
            #expect(String(buffer: try await reload.body.collect(upTo: 1024)) == #"{"generation":2}"#)
            #expect(try await ask(.POST, "/webhooks/generic", at: path).status == .notFound)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func takenPortLeavesTheSocketAlone() async throws {
        let path = "/tmp/nightjar-\(UUID().uuidString.prefix(8)).sock"
        try await TestServer.run(configuration: NightjarServerConfiguration(port: 0, socketPath: path)) { first async throws in
            try await waitForFile(path)
            let second = NightjarServerConfiguration(port: first.address.port, socketPath: path)
            await #expect(throws: NightjarServerError.self) { try await TestServer.run(configuration: second) { _ in } }
            #expect(try await ask(.GET, "/healthz", at: path).status == .ok)
        }
    }

    /// The waiting request has no other way to end: the model never does.
    @Test(.timeLimit(.minutes(1))) func shutdownAnswersWhoWaits() async throws {
        let script = Script()
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let engine = Engine(definitions: .test(model: script.model), store: MemoryStore(), logger: logger)
        engine.install(RecordingPlatform(name: "webhook", capabilities: PlatformCapabilities(keepsReplies: true)))
        try await engine.prepare()
        let (addresses, listening) = AsyncStream<ListeningAddress>.makeStream()
        let server = NightjarServer(
            engine: engine, configuration: NightjarServerConfiguration(port: 0), metrics: PrometheusMetrics(),
            health: { HealthReport(generation: 1) }, reload: { .loaded(generation: 1) }, logger: logger
        ) { listening.yield($0) }
        let services = ServiceGroup(services: [server], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let engineTask = Task { try await engine.run() }
            defer { engineTask.cancel() }
            group.addTask { try await services.run() }
            for await address in addresses {
                let test = TestServer(engine: engine, store: MemoryStore(), address: address)
                let changes = engine.orchestrator.events.watch()
                async let answer = test.post("/webhooks/generic?wait=60s", #"{"user":"u","text":"/run agent echo x"}"#)
                for await task in changes where task.state == .running { break }
                await services.triggerGracefulShutdown()
                #expect(try await answer.json["replies"]?.array?.count == 1)
                break
            }
            try await group.waitForAll()
        }
    }

    private func ask(_ method: NIOHTTP1.HTTPMethod, _ target: String, at path: String) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "http+unix://\(path.replacing("/", with: "%2F"))\(target)")
        request.method = method
        return try await HTTPClient.shared.execute(request, timeout: .seconds(10))
    }

    /// The socket opens a moment after the port.
    private func waitForFile(_ path: String) async throws {
        while !FileManager.default.fileExists(atPath: path) { await Task.yield() }
    }
}
