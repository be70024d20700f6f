import HTTPTypes
import HummingbirdCore
import NIOCore

/// A request while it is answered.
struct IncomingRequest {
    let request: Request
    let channel: any Channel
    private(set) var isBodyRead = false

    init(_ request: Request, on channel: any Channel) {
        self.request = request
        self.channel = channel
    }

    var method: HTTPRequest.Method { request.method }
    var path: String { request.uri.path }
    var headers: HTTPFields { request.headers }
    var query: QueryText { QueryText(request.uri.query) }

    /// The whole body. Call it once.
    /// - Throws: ``Problem`` when it is too large; whatever breaks the connection.
    mutating func body() async throws -> [UInt8] {
        guard (contentLength ?? 0) <= ServerLimits.bodyBytesMax else { throw Problem.bodyTooLarge }
        isBodyRead = true
        var body: [UInt8] = []
        var discarded = 0
        for try await piece in request.body {
            if discarded == 0, body.count + piece.readableBytes <= ServerLimits.bodyBytesMax {
                body.append(contentsOf: piece.readableBytesView)
            } else {
                discarded += piece.readableBytes
                guard discarded <= ServerLimits.drainBytesMax else { throw Problem.bodyTooLarge.with(.connection, "close") }
            }
        }
        guard discarded == 0 else { throw Problem.bodyTooLarge }
        return body
    }

    /// Whether a body is left that is not worth reading to its end.
    var hasEndlessRest: Bool {
        !isBodyRead && (headers[.transferEncoding] != nil || (contentLength ?? 0) > ServerLimits.drainBytesMax)
    }

    private var contentLength: Int? { headers[.contentLength].flatMap { Int($0) } }
}
