import ArgumentParser
import Logging
import Metrics
import NightjarScripting
import NightjarServer

/// `nightjar run`
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the engine with a project's scripts.")

    @Argument(help: "The project's folder, or a single script.")
    var path = "."

    @Option(help: "Where to listen, as HOST:PORT; the default is \(ListenAddress.standard).", transform: ListenAddress.parse)
    var listen = ListenAddress.standard

    @Option(
        help: "sqlite:FILE or memory; the default is .nightjar/state.db in the project, .nightjar/NAME.db for a script NAME.lua.",
        transform: StoreLocation.parse)
    var store: StoreLocation?

    @Flag(name: .customLong("no-watch"), help: "Do not reload the scripts when they change.")
    var noWatch = false

    @OptionGroup var log: LogOptions

    func run() async throws {
        let logger = log.makeLogger()
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let project = ProjectPath(path)
        try project.checkExists()
        let lock = try EngineLock(project)
        defer { lock.release() }
        try await EngineHost.withHost(
            project, store: store ?? .standard(for: project), secrets: .required, runsTriggers: true, logger: logger
        ) { host in
            try await RunningEngine(host: host, project: project, listen: listen, watches: !noWatch, metrics: metrics, logger: logger)
                .run()
        }
    }
}
