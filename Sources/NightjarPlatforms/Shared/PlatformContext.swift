public import AsyncHTTPClient
public import Logging
import NIOCore
public import NightjarEngine

/// What every platform is made with.
public struct PlatformContext: Sendable {
    /// Lives longer than the platforms.
    public let http: HTTPClient
    public let clock: EngineClock
    public let logger: Logger

    public init(http: HTTPClient, clock: EngineClock, logger: Logger) {
        self.http = http
        self.clock = clock
        self.logger = logger
    }

    /// A client for platforms: no redirects, since a token must not follow one to another host, and no retries, since the outbox
    /// tries again, and counts.
    public static func makeClient() -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = PlatformLimits.connectionsPerHostMax
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
