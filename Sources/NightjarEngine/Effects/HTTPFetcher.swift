/// HTTP requests on behalf of scripts.
public protocol HTTPFetcher: Sendable {
    /// - Throws: ``EffectError``; `CancellationError` after the connection was closed. A status of 400 and above is not an error.
    func fetch(_ request: FetchRequest) async throws -> FetchResponse
}
