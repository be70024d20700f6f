import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTPTypes
import NightjarEngine

/// Answers requests with streams of events: kept alive while nothing happens, ended when the client goes, after
/// ``ServerLimits/streamMax``, and when the server shuts down.
struct EventStreams: Sendable {
    typealias Send = (EventFrame) async throws -> Void

    static let contentType = "text/event-stream"

    let deadlines: DeadlineTimer
    let keepAlivePeriod: TimeAmount

    /// - Parameters:
    ///   - watch: what `produce` reads; it is stopped when the stream has to end. What is watched goes on.
    ///   - produce: sends all events, and returns when there are no more; sending fails when the client is gone.
    func response<Event>(
        to request: IncomingRequest, watch: Watch<Event>?, produce: @escaping @Sendable (Send) async throws -> Void
    ) -> Response {
        let body = ResponseBody { writer in
            let deadline = deadlines.schedule(after: ServerLimits.streamMax) { watch?.stop() }
            defer { deadlines.cancel(deadline) }
            // ``LostListeners`` notices a client that goes; one whose machine is gone, a comment that cannot be sent to it.
            request.channel.closeFuture.whenComplete { _ in watch?.stop() }
            try await whileKeptAlive(request.channel) {
                try await produce { try await writer.write($0.buffer) }
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: Self.contentType, .cacheControl: "no-store", .connection: "close"], body: body)
    }

    /// Sends comments beside the events. Both are written by the connection's event loop, whole frames one after the other.
    private func whileKeptAlive(_ channel: any Channel, _ body: () async throws -> Void) async throws {
        let keepAlive = channel.eventLoop.scheduleRepeatedTask(initialDelay: keepAlivePeriod, delay: keepAlivePeriod) { _ in
            channel.writeAndFlush(HTTPResponsePart.body(EventFrame.keepAlive.buffer), promise: nil)
        }
        defer { keepAlive.cancel() }
        try await body()
    }
}
