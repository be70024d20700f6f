import HTTPTypes
import HummingbirdCore
import NIOCore
import NightjarEngine

/// Takes the requests of platforms' servers at `/webhooks/<name>`: verified by the platform, stored, and only then acknowledged.
struct PlatformEndpoint: Sendable {
    let engine: Engine
    let refusals: RefusalLog

    /// - Throws: ``Problem`` for what is refused; what the store throws, which tells the platform to come again.
    func receive(_ request: inout IncomingRequest, for name: String) async throws -> Response {
        guard let platform = engine.platform(name) as? any ReceivingPlatform else { throw Problem.unknownPath(request.path) }
        let bytes = request.method == .post ? try await request.body() : []
        let received = PlatformRequest(
            method: request.method == .post ? .post : .get, query: request.query.decoded,
            headers: request.headers.map { ($0.name.canonicalName, $0.value) }, body: bytes, receivedAt: engine.clock.now)
        switch platform.receive(received) {
        case .refused(let status, let code, let reason):
            refusals.note(.platform(name), status: status, code: code, reason: reason)
            throw Problem(HTTPResponse.Status(code: status), code, reason)
        case .taken(let events, let answer):
            let outcomes = events.isEmpty ? [] : try await engine.take(events)
            return response(answer(outcomes))
        }
    }

    private func response(_ answer: PlatformAnswer) -> Response {
        Response(
            status: HTTPResponse.Status(code: answer.status), headers: [.contentType: answer.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body)))
    }
}
