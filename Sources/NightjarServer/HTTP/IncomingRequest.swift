import HTTPTypes
import HummingbirdCore
import NIOCore

/// A request while it is answered.
struct IncomingRequest {
    let request: Request
    let channel: any Channel
    private let bodies: BodyBudget
    private(set) var isBodyRead = false

    init(_ request: Request, on channel: any Channel, bodies: BodyBudget) {
        self.request = request
        self.channel = channel
        self.bodies = bodies
    }

    var method: HTTPRequest.Method { request.method }
    var path: String { request.uri.path }
    var headers: HTTPFields { request.headers }
    var query: QueryText { QueryText(request.uri.query) }

    /// The whole body. Call it once.
    /// - Throws: ``Problem`` when it is too large, or all bodies together are; ``BodyDeadline/Expired`` when it takes too long; whatever
    ///   breaks the connection.
    mutating func body() async throws -> [UInt8] {
        guard (contentLength ?? 0) <= ServerLimits.bodyBytesMax else { throw Problem.bodyTooLarge }
        isBodyRead = true
        var body = IncomingBody(length: contentLength, budget: bodies)
        for try await piece in request.body { try body.add(piece) }
        return try body.whole()
    }

    /// Whether a body is left that is not worth reading to its end.
    var hasEndlessRest: Bool {
        !isBodyRead && (headers[.transferEncoding] != nil || (contentLength ?? 0) > ServerLimits.drainBytesMax)
    }

    private var contentLength: Int? { headers[.contentLength].flatMap { Int($0) } }
}
