import Logging
import NightjarEngine
import NightjarPlatforms
import NightjarScripting
import NightjarServer
import ServiceLifecycle

/// The services of `nightjar run`.
///
/// They stop in the reverse of their order: the watcher first, then the engine drains, while the server still answers, and signals
/// are heard to the end.
struct RunningEngine {
    let host: EngineHost
    let project: ProjectPath
    let listen: ListenAddress
    let watches: Bool
    let metrics: PrometheusMetrics
    let logger: Logger

    /// A drain that takes longer than its grace is cut off.
    private static let shutdownMax = EngineLimits.drainGrace + .seconds(10)

    func run() async throws {
        let engine = host.engine
        try checkWebhook(engine.definitions)
        try checkToken(engine.definitions)
        try await WebhookPlatform.withPlatform(callbackHosts: { engine.definitions.settings.callbackHosts }) { webhook in
            engine.install(webhook)
            try await engine.prepare()
            try await services().run()
        }
    }

    /// - Throws: ``CommandFailure`` when the webhook is declared wrongly, or is open to everybody where others can reach it.
    private func checkWebhook(_ definitions: Definitions) throws {
        if let open = definitions.requestTriggers.first(where: { $0.secret == nil && $0.token == nil }), !configuration.isLoopback {
            throw CommandFailure(
                .scriptErrors,
                "others can reach \(listen), so on_webhook \"\(open.source.name)\" needs a secret or a token: give it one, or listen on 127.0.0.1")
        }
        guard let declared = definitions.platforms.first(where: { $0.name == WebhookPlatform.platformName }) else { return }
        do throws(PlatformOptionsError) {
            guard try WebhookOptions(declared).isOpen, !configuration.isLoopback else { return }
        } catch {
            throw CommandFailure(.scriptErrors, "\(error)")
        }
        throw CommandFailure(
            .scriptErrors,
            "others can reach \(listen), so the webhook needs a secret or a token: add one to platform \"webhook\", or listen on 127.0.0.1")
    }

    /// - Throws: ``CommandFailure`` when others can reach the API, and nothing guards it.
    private func checkToken(_ definitions: Definitions) throws {
        guard !configuration.isLoopback, definitions.settings.apiToken == nil else { return }
        throw CommandFailure(
            .scriptErrors,
            """
            others can reach \(listen), so the API needs a token: settings { api_token = secret "NAME" }, or listen on 127.0.0.1
            """)
    }

    private var configuration: NightjarServerConfiguration {
        NightjarServerConfiguration(host: listen.host, port: listen.port, socketPath: project.socketPath)
    }

    private func services() -> ServiceGroup {
        let reload = host.reloadService(project, logger)
        let stop = ShutdownRequest()
        let signals = SignalService(logger: logger, onFirst: { await stop.request() }, onHangUp: { _ = await reload.reload() })
        var services: [any Service] = [signals, server(reload), host.engine]
        if watches { services.append(reload) }
        var configuration = ServiceGroupConfiguration(services: services, logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.shutdownMax
        let group = ServiceGroup(configuration: configuration)
        stop.set(group)
        return group
    }

    private func server(_ reload: ReloadService) -> NightjarServer {
        let scripts = host.scripts
        let definitions = host.engine.definitions
        return NightjarServer(
            engine: host.engine,
            configuration: configuration, metrics: metrics,
            health: {
                let status = scripts.status
                return HealthReport(generation: status.generation, reloadError: status.errors.first?.summary)
            },
            reload: {
                // Not the host's status: another reload may have come after this one.
                let errors = await reload.reload().filter { $0.severity == .error }
                return errors.isEmpty ? .loaded(generation: scripts.status.generation) : .failed(errors: errors.map(\.description))
            }, logger: logger
        ) { address in
            StartupPages.release()
            print("nightjar \(NightjarVersion.current) listens on http://\(address)\n\(Inventory(definitions, namesMax: 20).text)")
            Process.flush()
        }
    }
}
