import HummingbirdCore
public import Logging
import Metrics
import NIOCore
import NIOPosix
public import NightjarEngine
public import ServiceLifecycle

/// The HTTP side of the engine: the generic webhook, the API, health and metrics, on a port and on a local socket.
///
/// Put it before the engine in a service group: the group stops its last service first, so the server still answers while the
/// engine drains, and says at `/readyz` that it does. A graceful shutdown lets requests in progress end; those that wait for
/// replies are answered with the replies so far.
public final class NightjarServer: Service {
    private let engine: Engine
    private let configuration: NightjarServerConfiguration
    private let health: @Sendable () -> HealthReport
    private let reload: @Sendable () async -> ReloadReport
    private let metrics: PrometheusMetrics
    private let onListening: @Sendable (ListeningAddress) async -> Void
    private let logger: Logger
    private let refusals: RefusalLog
    /// When waiting requests and event streams end at the latest.
    private let deadlines: DeadlineTimer
    private let bodies: BodyBudget

    /// - Parameters:
    ///   - health: asked for each request to `/healthz`, so it must be quick.
    ///   - reload: loads the scripts again; what it returns is the answer to `POST /api/v1/reload`.
    ///   - onListening: told once where the server listens, when it does.
    public init(
        engine: Engine, configuration: NightjarServerConfiguration, metrics: PrometheusMetrics,
        health: @escaping @Sendable () -> HealthReport, reload: @escaping @Sendable () async -> ReloadReport, logger: Logger,
        onListening: @escaping @Sendable (ListeningAddress) async -> Void = { _ in }
    ) {
        self.engine = engine
        self.configuration = configuration
        self.metrics = metrics
        self.health = health
        self.reload = reload
        self.logger = logger
        self.onListening = onListening
        refusals = RefusalLog(clock: engine.clock, logger: logger)
        deadlines = DeadlineTimer(clock: engine.clock)
        bodies = BodyBudget(configuration.bodiesBytesMax)
    }

    /// Serves until the task is cancelled or the process shuts down gracefully.
    /// - Throws: ``NightjarServerError`` when it cannot listen.
    public func run() async throws {
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await self.deadlines.run() }
                group.addTask { try await self.serve() }
                // The timer ends only when it is told to.
                try await group.next()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.deadlines.finish()
        }
    }

    /// The local socket opens after the port: who finds the port taken must not take the socket of who has it.
    private func serve() async throws {
        let (listening, didListen) = AsyncStream<Void>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { didListen.finish() }
                try await self.servePort { didListen.yield() }
            }
            if let path = configuration.socketPath {
                group.addTask {
                    for await _ in listening {
                        return try await self.socketServer(at: path).run()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private func socketServer(at path: String) -> LocalSocketServer {
        LocalSocketServer(path: path, handler: handler(.localSocket), bodyTimeout: configuration.bodyTimeout, logger: logger)
    }

    private func servePort(didListen: @escaping @Sendable () -> Void) async throws {
        let (host, port) = (configuration.host, configuration.port)
        let handler = handler(configuration.isLoopback ? .loopback : .network)
        let server = try HTTPServerBuilder.nightjar(bodyTimeout: configuration.bodyTimeout).buildServer(
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), backlog: ServerLimits.backlogMax,
                availableConnectionsDelegate: MaximumAvailableConnections(ServerLimits.connectionsMax)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: .quiet, responder: handler.handle
        ) { [onListening] channel in
            let address = channel.localAddress
            await onListening(ListeningAddress(host: address?.ipAddress ?? host, port: address?.port ?? port))
            didListen()
        }
        do {
            try await server.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw NightjarServerError.portInUse(host: host, port: port)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw NightjarServerError.cannotListen(host: host, port: port, reason: NightjarServerError.reason(error))
        }
    }

    private func handler(_ entrance: Entrance) -> RequestHandler {
        let streams = EventStreams(deadlines: deadlines, keepAlivePeriod: TimeAmount(configuration.keepAlivePeriod))
        let door = WebhookDoor(refusals: refusals, clock: engine.clock)
        return RequestHandler(
            engine: engine, entrance: entrance, webhookConfiguration: WebhookConfiguration(logger: logger),
            webhook: WebhookEndpoint(engine: engine, door: door, streams: streams, waits: deadlines),
            platforms: PlatformEndpoint(engine: engine, refusals: refusals), requestTriggers: RequestTriggerEndpoint(engine: engine, door: door),
            tasks: TaskEndpoint(engine: engine),
            api: APIEndpoint(engine: engine, streams: streams, reload: reload),
            status: StatusEndpoint(engine: engine, metrics: metrics, health: health), bodies: bodies,
            metrics: ServerMetrics(metrics), date: DateHeader(), logger: logger)
    }
}
