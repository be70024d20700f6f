import AsyncHTTPClient
public import Logging
import NIOCore
public import NightjarEngine

/// The one HTTP client that all models of a process share, with the settings they need.
///
/// Make it at start, pass it to every model, and call ``shutdown()`` after the last answer.
/// ``withTransport(clock:logger:_:)`` does both.
public struct ModelTransport: Sendable {
    let client: HTTPClient
    let clock: EngineClock
    let logger: Logger

    /// - Parameters:
    ///   - clock: times the waits; the network itself runs on real time.
    ///   - logger: hears of each exchange at level `debug`: never its text, never a key.
    public init(clock: EngineClock = .system, logger: Logger = Logger(label: "nightjar.models")) {
        self.client = HTTPClient(configuration: Self.configuration)
        self.clock = clock
        self.logger = logger
    }

    /// Gives `body` a transport and shuts it down afterwards, whether `body` returns or throws.
    public static func withTransport<Result>(
        clock: EngineClock = .system, logger: Logger = Logger(label: "nightjar.models"),
        _ body: (ModelTransport) async throws -> Result
    ) async throws -> Result {
        let transport = ModelTransport(clock: clock, logger: logger)
        do {
            let result = try await body(transport)
            try await transport.shutdown()
            return result
        } catch {
            try? await transport.shutdown()
            throw error
        }
    }

    /// Closes all connections; requests still running fail.
    public func shutdown() async throws {
        try await client.shutdown()
    }

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        // The bound of all models; each has its own time-out within it.
        configuration.timeout.connect = .init(ModelLimits.connectMax)
        // A redirected POST would carry the key and the conversation to another place.
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = ModelLimits.connectionsPerHostMax
        // The orchestrator retries, with its own patience and its own record of it.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
