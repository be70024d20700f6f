import AsyncHTTPClient
import NIOCore
import NIOHTTP1
public import NightjarEngine

/// HTTP for scripts, by a client of its own: connections, redirects and bodies are bounded.
///
/// Make one per process and call ``shutdown()`` after the last request. It follows redirects to http and https only, and takes
/// credentials off a request that is sent on to another host.
public struct HTTPClientFetcher: HTTPFetcher {
    /// Redirects that one request follows. Browsers allow 20; a script has no use for long chains, and each costs time.
    public static let redirectsMax = 5
    /// For the name look-up, the connection and the TLS handshake together, within the request's own time-out.
    public static let connectTimeout = Duration.seconds(10)

    /// Connections at once to one host over HTTP/1.
    static let connectionsPerHostMax = 256

    private let client: HTTPClient
    private let clock: EngineClock
    private let responseBytesMax: Int

    /// - Parameters:
    ///   - clock: times the requests; the network itself runs on real time.
    ///   - responseBytesMax: the largest body that is taken in.
    public init(clock: EngineClock = .system, responseBytesMax: Int = EffectLimits.responseBytesMax) {
        var configuration = HTTPClient.Configuration()
        configuration.timeout.connect = .init(Self.connectTimeout)
        // Requests beyond it wait in the client, where they would time out as if the server could not be reached.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.connectionsPerHostMax
        configuration.redirectConfiguration = .follow(max: Self.redirectsMax, allowCycles: false)
        // Whether a refused connection is worth another try is for the script to say.
        configuration.connectionPool.retryConnectionEstablishment = false
        self.client = HTTPClient(configuration: configuration)
        self.clock = clock
        self.responseBytesMax = responseBytesMax
    }

    /// Closes all connections; requests still running fail.
    public func shutdown() async throws {
        try await client.shutdown()
    }

    public func fetch(_ request: FetchRequest) async throws -> FetchResponse {
        let prepared = try FetchPreparation.prepare(request)
        return try await withThrowingTaskGroup(of: FetchResponse?.self) { group in
            group.addTask { try await exchange(prepared, for: request) }
            group.addTask {
                try await clock.sleep(for: request.timeout)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let response = first else {
                throw FetchFailure.timeout(request)
            }
            return response
        }
    }

    private func exchange(_ prepared: HTTPClientRequest, for request: FetchRequest) async throws -> FetchResponse {
        do {
            let response = try await client.execute(prepared, deadline: .distantFuture)
            let body = try await response.body.collect(upTo: responseBytesMax)
            // A cancelled body ends as if it were complete.
            try Task.checkCancellation()
            let headers = response.headers.map { ($0.name.lowercased(), $0.value) }
            return FetchResponse(
                status: Int(response.status.code), headers: Dictionary(headers) { "\($0), \($1)" },
                body: Array(body.readableBytesView))
        } catch {
            // A cancelled request fails in several ways, depending on how far it had come.
            try Task.checkCancellation()
            throw FetchFailure.explain(error, request, responseBytesMax: responseBytesMax)
        }
    }
}
