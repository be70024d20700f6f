import AsyncHTTPClient
import Logging
import NightjarEffects
import NightjarModels
import NightjarPlatforms

/// The HTTP clients of the process: one for models, one for scripts, one for platforms.
struct Clients {
    let models: ModelTransport
    let fetcher: HTTPClientFetcher
    let platforms: HTTPClient

    /// Gives `body` the clients and shuts them down afterwards.
    static func withClients<Result>(logger: Logger, _ body: (Clients) async throws -> Result) async throws -> Result {
        let clients = Clients(models: ModelTransport(logger: logger), fetcher: HTTPClientFetcher(), platforms: PlatformContext.makeClient())
        do {
            let result = try await body(clients)
            await clients.shutdown()
            return result
        } catch {
            await clients.shutdown()
            throw error
        }
    }

    private func shutdown() async {
        // Closing connections can fail only in ways that nobody can act on, and the process ends next.
        try? await models.shutdown()
        try? await fetcher.shutdown()
        try? await platforms.shutdown()
    }
}
