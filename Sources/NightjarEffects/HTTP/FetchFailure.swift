import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
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
            return EffectError(code: "connection", message: "\(what): \(reason(error, server(request.url)))")
        }
    }

    /// Why there is no connection, in the words of people instead of the network library's.
    private static func reason(_ error: any Error, _ server: String) -> String {
        switch error {
        case let error as NIOConnectionError:
            // A name may stand for several addresses; what the last of them said is as good as any.
            if let last = error.connectionErrors.last { return reason(last.error, "\(error.host):\(error.port)") }
            return "the name \(error.host) is not known; is it spelt right, and is there a network?"
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            return "\(server) refused the connection; is something listening there?"
        case let error as IOError:
            return "the connection to \(server) failed: \(String(cString: strerror(error.errnoCode)))"
        default:
            return "the connection to \(server) failed: \(error)"
        }
    }

    /// The host and port of an address: `127.0.0.1:8080`.
    static func server(_ url: String) -> String {
        guard let components = URLComponents(string: url), let host = components.host else { return shown(url) }
        return "\(host):\(components.port ?? (components.scheme?.lowercased() == "https" ? 443 : 80))"
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
