import AsyncHTTPClient
import NIOCore
import NightjarEngine

/// Names what went wrong with a script's request. Pure.
enum FetchFailure {
    /// Long enough to recognise an address by.
    private static let addressCharactersMax = 200

    static func timeout(_ request: FetchRequest) -> EffectError {
        EffectError(
            code: "timeout",
            message: "http: \(request.method) \(shown(request.url)) took longer than \(DurationText.format(request.timeout))")
    }

    static func explain(_ error: any Error, _ request: FetchRequest, responseBytesMax: Int) -> EffectError {
        let what = "http: \(request.method) \(shown(request.url))"
        switch error {
        case is NIOTooManyBytesError:
            return EffectError(
                code: "too_large", message: "\(what): the response's body is larger than the limit of \(responseBytesMax) bytes")
        case let error as HTTPClientError:
            return explain(error, what)
        default:
            return EffectError(code: "connection", message: "\(what): the connection failed: \(error)")
        }
    }

    private static func explain(_ error: HTTPClientError, _ what: String) -> EffectError {
        switch error {
        case .redirectLimitReached, .redirectCycleDetected:
            EffectError(
                code: "too_many_redirects",
                message: "\(what): redirected in a circle or more than \(HTTPClientFetcher.redirectsMax) times")
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
            EffectError(
                code: "timeout",
                message: "\(what): the server could not be reached within \(DurationText.format(HTTPClientFetcher.connectTimeout))")
        case .invalidURL, .emptyHost, .emptyScheme:
            EffectError(code: "invalid_url", message: "\(what): not an http or https address")
        default:
            EffectError(code: "connection", message: "\(what): \(error.shortDescription)")
        }
    }

    /// An address without its query, which often holds a key, and without a password.
    static func shown(_ url: String) -> String {
        let path = url.prefix { $0 != "?" && $0 != "#" }
        guard let scheme = path.firstRange(of: "://") else { return String(path.prefix(addressCharactersMax)) }
        let rest = path[scheme.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return String((path[..<scheme.upperBound] + host + rest[authority.endIndex...]).prefix(addressCharactersMax))
    }
}
