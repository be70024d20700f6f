import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NightjarEngine

/// Checks a script's request before anything is sent. Pure.
enum FetchPreparation {
    static func prepare(_ request: FetchRequest) throws(EffectError) -> HTTPClientRequest {
        guard let parts = URLComponents(string: request.url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), parts.host?.isEmpty == false
        else {
            throw EffectError(
                code: "invalid_url", message: "http: \"\(FetchFailure.shown(request.url))\" is not an http or https address")
        }
        guard request.timeout > .zero else { throw FetchFailure.timeout(request) }
        var prepared = HTTPClientRequest(url: request.url)
        prepared.method = HTTPMethod(rawValue: request.method.uppercased())
        for header in request.headers { prepared.headers.add(name: header.name, value: header.value) }
        if let body = request.body { prepared.body = .bytes(ByteBuffer(bytes: body)) }
        return prepared
    }
}
